using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>Opens the log of a program, on one thread and the same way every time.</summary>
internal static class Restart
{
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    public static CacheLog<string, string> Open(
        LogProgram program, SimulatedStorage storage, ManualTimeProvider time, bool doesUpkeep = true)
        => SeededLog.Open<string, string>(storage, time, program.Seed, options =>
        {
            options.CreateDriver = writer => new InlineDriver(writer, doesUpkeep);
            options.Durability = program.Durability;
            options.FlushInterval = FlushInterval;
            options.BlockSize = program.BlockSize;
            options.SegmentSize = program.SegmentSize;
            options.MaxLogSize = program.MaxLogSize;
            options.MaxStagedBytes = 4 * program.BlockSize;
        });

    /// <summary>What the cache of a log that has just been opened holds, by key.</summary>
    public static string?[] Contents(CacheLog<string, string> log)
    {
        string?[] contents = new string?[LogPrograms.Keys];
        int count = 0;
        for (int key = 0; key < contents.Length; key++)
        {
            if (log.Cache.TryPeek(LogPrograms.NameOf(key), out string? value))
            {
                contents[key] = value;
                count++;
            }
        }

        int listed = log.Cache.ToArray().Length;
        return listed == count ? contents : throw new InvalidOperationException($"The cache holds {listed} entries, and {count} of the program's keys.");
    }
}
