using FastCache.Persistence;
using FastCache.Persistence.Inspection;
using FastCache.Tests.Persistence.Format.Golden;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>The application's code, which may throw and stop whenever it likes: no file stays open for that.</summary>
public sealed class InspectionCallbackTests
{
    private readonly SimulatedStorage _storage = GoldenLogTests.Read("segments");

    [Fact]
    public void Progress_goes_up_to_all_bytes()
    {
        var told = new List<LogVerificationProgress>();

        LogVerifier.Verify(Inspected.Setup(_storage), new Told(told.Add), CancellationToken.None);

        long total = told[0].TotalBytes;
        Assert.Equal(6, told.Count);
        Assert.Equal(told.Select(static progress => progress.BytesRead).Order().Distinct(), told.Select(static progress => progress.BytesRead));
        Assert.Equal("0000000000000006.seg", told[0].Segment);
        Assert.Equal(("0000000000000001.seg", total, total), (told[^1].Segment, told[^1].BytesRead, told[^1].TotalBytes));
        Assert.Equal(Inspected.Verify(_storage).Segments.Sum(static segment => segment.Length), total);
    }

    [Fact]
    public void What_progress_throws_passes_through_and_leaves_no_file_open()
    {
        var fault = new InvalidOperationException("The application's own.");

        Exception thrown = Assert.Throws<InvalidOperationException>(
            () => LogVerifier.Verify(Inspected.Setup(_storage), new Told(_ => throw fault), CancellationToken.None));

        Assert.Same(fault, thrown);
        Assert.Equal(0, _storage.OpenFiles);
    }

    [Fact]
    public void A_verification_that_is_cancelled_ends_and_leaves_no_file_open()
    {
        using var cancelled = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(
            () => LogVerifier.Verify(Inspected.Setup(_storage), new Told(_ => cancelled.Cancel()), cancelled.Token));

        Assert.Equal(0, _storage.OpenFiles);
    }

    [Fact]
    public async Task What_a_serializer_throws_passes_through_and_leaves_no_file_open()
    {
        var fault = new InvalidOperationException("The application's own.");
        int read = 0;
        var values = new ScriptedSerializer<string>
        {
            AfterRead = _ =>
            {
                if (++read == 3)
                {
                    throw fault;
                }
            },
        };
        using SimulatedStorage storage = await WrittenAsync(values);
        var entries = new List<LogEntry<int, string?>>();

        Exception thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (LogEntry<int, string?> entry in Inspected.Entries(Inspected.Setup(storage), values))
            {
                entries.Add(entry);
            }
        });

        Assert.Same(fault, thrown);
        Assert.Equal([5, 4], entries.Select(static entry => entry.Key));
        Assert.Equal(0, storage.OpenFiles);
    }

    [Fact]
    public async Task Whoever_stops_reading_leaves_no_file_open()
    {
        await foreach (LogEntry<int, string?> entry in Inspected.Entries(Inspected.Setup(_storage)))
        {
            Assert.Equal(8, entry.Key);
            Assert.True(_storage.OpenFiles > 0);
            break;
        }

        Assert.Equal(0, _storage.OpenFiles);
        await foreach (LogDumpRecord record in LogDump.ReadAsync(Inspected.Setup(_storage), CancellationToken.None))
        {
            Assert.Equal(1UL, record.Sequence);
            break;
        }

        Assert.Equal(0, _storage.OpenFiles);
    }

    [Fact]
    public async Task Reading_that_is_cancelled_ends_and_leaves_no_file_open()
    {
        using var cancelled = new CancellationTokenSource();

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (LogEntry<int, string?> entry in Inspected.Entries(Inspected.Setup(_storage)).WithCancellation(cancelled.Token))
            {
                await cancelled.CancelAsync();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await LogDump.ReadAsync(Inspected.Setup(_storage), cancelled.Token).ToListAsync());

        Assert.Equal(0, _storage.OpenFiles);
    }

    [Fact]
    public async Task Entries_of_another_format_are_refused()
    {
        using SimulatedStorage storage = await WrittenAsync(new ScriptedSerializer<string>());

        CacheLogException refused = await Assert.ThrowsAsync<CacheLogException>(() => Inspected.EntriesAsync(storage));

        Assert.Contains("format", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, storage.OpenFiles);
    }

    [Fact]
    public void Types_without_a_serializer_are_refused_at_once()
    {
        ArgumentException keys = Assert.Throws<ArgumentException>(() => CacheLog.ReadEntriesAsync<double, string>("anywhere"));
        ArgumentException values = Assert.Throws<ArgumentException>(() => CacheLog.ReadEntriesAsync<int, Order>("anywhere"));

        Assert.Equal("keySerializer", keys.ParamName);
        Assert.Equal("valueSerializer", values.ParamName);
    }

    private static async Task<SimulatedStorage> WrittenAsync(ILogSerializer<string> values)
    {
        var storage = new SimulatedStorage();
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(storage, options => options.ValueSerializer = values);
        for (int key = 1; key <= 5; key++)
        {
            await log.SetAsync(key, $"{key}");
        }

        log.Cache.Dispose();
        return new SimulatedStorage(storage.Snapshot());
    }

    private sealed class Order;

    private sealed class Told(Action<LogVerificationProgress> tell) : IProgress<LogVerificationProgress>
    {
        public void Report(LogVerificationProgress value) => tell(value);
    }
}
