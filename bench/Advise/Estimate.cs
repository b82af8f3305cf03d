using FastCache.Bench.Reporting;

namespace FastCache.Bench.Advise;

/// <summary>The hit rate of one policy at one capacity.</summary>
/// <param name="HitRate">Over the samples.</param>
/// <param name="Mean">Over the samples.</param>
/// <param name="Replayed">Of the whole trace; null if nobody asked.</param>
internal sealed record Estimate(EvictionPolicy Policy, int Capacity, Spread HitRate, double Mean, double? Replayed);
