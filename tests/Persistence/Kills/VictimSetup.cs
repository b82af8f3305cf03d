using System.Globalization;
using FastCache.Persistence;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>What a process is told that a test has started.</summary>
/// <param name="Task">What it does.</param>
/// <param name="Directory">Of the log.</param>
/// <param name="Durability">Of the log.</param>
/// <param name="BlockSize">Of the log.</param>
/// <param name="Seed">Decides what is written.</param>
/// <param name="FirstCounter">The number of the first value.</param>
internal sealed record VictimSetup(
    VictimTask Task, string Directory, LogDurability Durability, int BlockSize, int Seed, long FirstCounter)
{
    public const int Threads = 4;
    public const int KeysPerThread = 8;
    public const int Keys = Threads * KeysPerThread;

    public static VictimSetup Parse(string[] arguments)
        => new(
            Enum.Parse<VictimTask>(arguments[0]),
            arguments[1],
            Enum.Parse<LogDurability>(arguments[2]),
            int.Parse(arguments[3], CultureInfo.InvariantCulture),
            int.Parse(arguments[4], CultureInfo.InvariantCulture),
            long.Parse(arguments[5], CultureInfo.InvariantCulture));

    public IEnumerable<string> ToArguments()
        =>
        [
            $"{Task}",
            Directory,
            $"{Durability}",
            BlockSize.ToString(CultureInfo.InvariantCulture),
            Seed.ToString(CultureInfo.InvariantCulture),
            FirstCounter.ToString(CultureInfo.InvariantCulture),
        ];

    /// <summary>Opens the log, on the disk and with its own threads: files are short, so that there are several.</summary>
    public ValueTask<CacheLog<int, string>> OpenAsync()
        => CacheLog.OpenAsync(
            new CacheOptions<int, string> { Capacity = 64 * Keys },
            new CacheLogOptions<int, string>
            {
                Directory = Directory,
                Durability = Durability,
                FlushInterval = TimeSpan.FromMilliseconds(2),
                AllowsTinySizes = true,
                BlockSize = BlockSize,
                SegmentSize = 32 << 10,
                MaxStagedBytes = 4 * BlockSize,
            });
}
