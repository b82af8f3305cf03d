using FastCache.Bench.Throughput;

namespace FastCache.Bench.MainJob;

/// <summary>How much the main job measures.</summary>
internal sealed record MainJobScale(
    IReadOnlyList<int> HitRateCapacities,
    int HitRateRequests,
    ThroughputSettings Throughput,
    double LatencySeconds,
    int MemoryEntries,
    TimeSpan FloodTime,
    int LogMegabytes)
{
    public static MainJobScale Full => new(
        [1_000, 10_000],
        1_000_000,
        new ThroughputSettings(Rounds: 7, TurnTime: TimeSpan.FromMilliseconds(80), WarmUpTime: TimeSpan.FromMilliseconds(400)),
        3,
        1_000_000,
        TimeSpan.FromSeconds(0.5),
        64);

    public static MainJobScale Quick => new(
        [1_000], 200_000, ThroughputSettings.Quick(rounds: 5), 1, 100_000, TimeSpan.FromSeconds(0.2), 16);
}
