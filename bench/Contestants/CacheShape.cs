namespace FastCache.Bench.Contestants;

/// <summary>What a contestant is asked to be. Those without shards or policies ignore these.</summary>
/// <param name="Capacity">The most entries it may hold; unbounded contestants take it as a size hint.</param>
internal sealed record CacheShape(int Capacity)
{
    public int? Shards { get; init; }

    public EvictionPolicy Policy { get; init; } = EvictionPolicy.Frecency;

    /// <summary>Fixed, so that two runs place the same keys in the same slots.</summary>
    public long HashSeed { get; init; } = 1;
}
