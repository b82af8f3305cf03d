using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>
/// Logs in a simulated storage, with drawn numbers that depend on a seed. Driven on the calling thread, so that they run the same way every
/// time, unless a test takes the driver away.
/// </summary>
internal static class SeededLog
{
    /// <summary>Opens a log; all that it restores is restored when this returns, unless it has threads.</summary>
    /// <param name="storage">Where it is.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="seed">Of what it draws: the log's number and the segments' salts.</param>
    /// <param name="configure">Sets other options.</param>
    public static CacheLog<TKey, TValue> Open<TKey, TValue>(
        SimulatedStorage storage, ManualTimeProvider time, int seed, Action<CacheLogOptions<TKey, TValue>>? configure = null)
        where TKey : notnull
    {
        ulong random = (ulong)seed;
        var options = new CacheLogOptions<TKey, TValue>
        {
            Directory = "simulated",
            AllowsTinySizes = true,
            OpenStorage = _ => storage,
            CreateDriver = static writer => new InlineDriver(writer),
            NextRandom = () => random += 0x9E37_79B9_7F4A_7C15,
        };
        configure?.Invoke(options);
        ValueTask<CacheLog<TKey, TValue>> opening = CacheLog.OpenAsync(
            new CacheOptions<TKey, TValue>
            {
                Capacity = 64,
                ShardCount = 1,
                HashSeed = 1,
                TimeProvider = time,
                PreciseExpiry = true,
            },
            options);
        return opening.IsCompleted || options.CreateDriver is null
            ? opening.AsTask().GetAwaiter().GetResult()
            : throw new InvalidOperationException("Opening waits for somebody.");
    }
}
