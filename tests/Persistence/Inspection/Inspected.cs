using FastCache.Persistence;
using FastCache.Persistence.Inspection;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>Looks at logs in a simulated storage, at a moment that a test says.</summary>
internal static class Inspected
{
    public static InspectionSetup Setup(IReadOnlyStorage storage, TimeProvider? time = null)
        => new("simulated") { OpenStorage = _ => storage, TimeProvider = time ?? new ManualTimeProvider() };

    public static InspectionSetup Setup(SimulatedStorage storage, TimeProvider? time = null)
        => Setup(new InspectedStorage(() => storage), time);

    public static LogVerification Verify(SimulatedStorage storage, TimeProvider? time = null)
        => LogVerifier.Verify(Setup(storage, time), progress: null, CancellationToken.None);

    public static Task<List<LogEntry<int, string?>>> EntriesAsync(SimulatedStorage storage, TimeProvider? time = null)
        => EntriesAsync<int>(storage, time);

    public static async Task<List<LogEntry<TKey, string?>>> EntriesAsync<TKey>(SimulatedStorage storage, TimeProvider? time = null)
        where TKey : notnull
        => await Entries<TKey>(Setup(storage, time)).ToListAsync();

    public static IAsyncEnumerable<LogEntry<int, string?>> Entries(InspectionSetup setup, ILogSerializer<string>? values = null)
        => Entries<int>(setup, values);

    private static IAsyncEnumerable<LogEntry<TKey, string?>> Entries<TKey>(InspectionSetup setup, ILogSerializer<string>? values = null)
        where TKey : notnull
    {
        Assert.True(LogSerializer.TryGetForKeys(out ILogSerializer<TKey>? keys));
        Assert.True(LogSerializer.TryGet(out ILogSerializer<string>? strings));
        return new EntryReader<TKey, string?>(setup, keys, (ILogSerializer<string?>)(values ?? strings)).ReadAsync(CancellationToken.None);
    }

    public static async Task<List<LogDumpRecord>> DumpAsync(SimulatedStorage storage, TimeProvider? time = null)
        => await LogDump.ReadAsync(Setup(storage, time), CancellationToken.None).ToListAsync();

    /// <summary>
    /// Checks that a verification has found what an opening has. Who is in the cache may have been noted in the log; then an opening ends when it
    /// has found all of them, and does not see what else is superseded or damaged further back.
    /// </summary>
    public static void AssertAgree(LogVerification verification, RecoveryReport report, string? what = null)
    {
        bool mayHaveEndedEarly = verification.Superseded + verification.Doubtful + verification.GivenUp
            > report.Superseded + report.Doubtful + report.GivenUp;
        var found = (
            verification.WasStopped,
            Segments: verification.Segments.Count,
            verification.Entries,
            verification.Expired,
            Superseded: mayHaveEndedEarly ? report.Superseded : verification.Superseded,
            verification.Torn,
            Missing: mayHaveEndedEarly ? report.Missing : verification.Missing,
            Doubtful: mayHaveEndedEarly ? report.Doubtful : verification.Doubtful);
        var restored = (
            report.WasStopped,
            report.Segments,
            report.Restored,
            report.Expired,
            report.Superseded,
            report.Torn,
            report.Missing,
            report.Doubtful);
        Assert.True(found == restored, $"{what}: a verification found {found}, the opening {restored}.");
    }
}
