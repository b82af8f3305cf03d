using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>Opens the log of a program, on one thread and the same way every time.</summary>
internal static class Restart
{
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    public static CacheLog<int, string> Open(LogProgram program, SimulatedStorage storage, ManualTimeProvider time)
    {
        ulong random = (ulong)program.Seed;
        ValueTask<CacheLog<int, string>> opening = CacheLog.OpenAsync(
            new CacheOptions<int, string>
            {
                Capacity = 64,
                ShardCount = 1,
                HashSeed = 1,
                TimeProvider = time,
                PreciseExpiry = true,
            },
            new CacheLogOptions<int, string>
            {
                Directory = "simulated",
                Durability = program.Durability,
                FlushInterval = FlushInterval,
                AllowsTinySizes = true,
                BlockSize = program.BlockSize,
                SegmentSize = program.SegmentSize,
                MaxStagedBytes = 4 * program.BlockSize,
                OpenStorage = _ => storage,
                CreateDriver = static writer => new InlineDriver(writer),
                NextRandom = () => random += 0x9E37_79B9_7F4A_7C15,
            });
        return opening.IsCompleted ? opening.GetAwaiter().GetResult() : throw new InvalidOperationException("Opening waits for somebody.");
    }

    /// <summary>What the cache of a log that has just been opened holds, by key.</summary>
    public static string?[] Contents(CacheLog<int, string> log)
    {
        string?[] contents = new string?[LogPrograms.Keys];
        int count = 0;
        for (int key = 0; key < contents.Length; key++)
        {
            if (log.Cache.TryPeek(key, out string? value))
            {
                contents[key] = value;
                count++;
            }
        }

        int listed = log.Cache.ToArray().Length;
        return listed == count ? contents : throw new InvalidOperationException($"The cache holds {listed} entries, and {count} of the program's keys.");
    }
}
