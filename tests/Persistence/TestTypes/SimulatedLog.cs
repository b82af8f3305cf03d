using FastCache.Persistence;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>
/// Opens logs of numbers and strings on a <see cref="SimulatedStorage"/>, with a clock that stands still: on one thread, where all that
/// is asked for is done at once, or with the threads of a log as it is.
/// </summary>
internal static class SimulatedLog
{
    public const int BlockSize = 256;

    public static ValueTask<CacheLog<int, string>> OpenAsync(
        SimulatedStorage storage,
        Action<CacheLogOptions<int, string>>? configure = null,
        bool hasThreads = false,
        TimeProvider? time = null,
        Func<LogWriter, IWriterDriver>? createDriver = null)
    {
        var options = new CacheLogOptions<int, string>
        {
            Directory = "simulated",
            AllowsTinySizes = true,
            BlockSize = BlockSize,
            SegmentSize = 1 << 20,
            MaxStagedBytes = 4 * BlockSize,
            OpenStorage = _ => storage,
            CreateDriver = hasThreads ? null : createDriver ?? (static writer => new InlineDriver(writer)),
        };
        configure?.Invoke(options);
        return CacheLog.OpenAsync(
            new CacheOptions<int, string> { Capacity = 100_000, TimeProvider = time ?? new ManualTimeProvider(), PreciseExpiry = true },
            options);
    }

    /// <summary>What is in the cache after a restart from a storage as it is left.</summary>
    public static async Task<Restarted> RestartAsync(
        SimulatedStorage storage, Action<CacheLogOptions<int, string>>? configure = null, TimeProvider? time = null)
    {
        await using CacheLog<int, string> log = await OpenAsync(storage, configure, time: time);
        RecoveryReport report = await log.Restored;
        return new Restarted(log.Cache.ToDictionary(static entry => entry.Key, static entry => entry.Value), report);
    }

    /// <summary>The same after an orderly stop, or after the end of the process.</summary>
    public static Task<Restarted> RestartAsync(
        StorageImage left, Action<CacheLogOptions<int, string>>? configure = null, TimeProvider? time = null)
        => RestartAsync(new SimulatedStorage(left), configure, time);
}
