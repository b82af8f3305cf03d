namespace FastCache.Bench.HitRate;

/// <param name="Traces">Files to replay.</param>
/// <param name="Workloads">Patterns to generate.</param>
internal sealed record HitRateSettings(
    IReadOnlyList<string> Traces,
    IReadOnlyList<GeneratedWorkload> Workloads,
    IReadOnlyList<int> Capacities)
{
    /// <summary>How many requests a generated workload has if nobody says otherwise.</summary>
    public const int GeneratedRequests = 1_000_000;

    /// <summary>The most requests to read from a file, and the number to generate; null for all and for the default.</summary>
    public int? Limit { get; init; }

    public int? Shards { get; init; }

    public EvictionPolicy Policy { get; init; } = EvictionPolicy.Frecency;

    public long Seed { get; init; } = 1;
}
