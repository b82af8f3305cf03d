using FastCache.Bench.Timing;

namespace FastCache.Bench.Latency;

/// <summary>What one turn showed. Quantiles are in ticks of the clock.</summary>
internal readonly record struct LatencyTurn(
    double P99, double P999, long Operations, TeamTime Time);
