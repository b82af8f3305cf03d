using FastCache.Bench.Throughput;

namespace FastCache.Bench.MainJob;

/// <summary>How much the main job measures.</summary>
internal sealed record MainJobScale(
    IReadOnlyList<int> HitRateCapacities,
    int HitRateRequests,
    ThroughputSettings Throughput,
    double LatencySeconds,
    int MemoryEntries)
{
    public static MainJobScale Full => new([1_000, 10_000], 1_000_000, ThroughputSettings.Full(rounds: 11), 4, 1_000_000);

    public static MainJobScale Quick => new([1_000], 200_000, ThroughputSettings.Quick(rounds: 5), 1, 100_000);
}
