namespace FastCache.Bench.HitRate;

/// <summary>Runs a sized trace through FastCache with a weigher: look up, and on a miss load and set.</summary>
internal static class SizedReplay
{
    /// <param name="Flaw">What the cache did that makes the figure void, or null.</param>
    internal readonly record struct Outcome(SizedHits Hits, int Shards, string? Flaw);

    public static Outcome Run(SizedTrace sized, long capacity, HitRateSettings settings)
    {
        double meanSize = Math.Max(1, sized.DistinctBytes / (double)Math.Max(1, sized.Trace.DistinctKeys));
        using Cache<int, int> cache = new(new CacheOptions<int, int>
        {
            WeightLimit = capacity,
            Weigher = static (_, size) => size,
            ExpectedEntries = (int)Math.Clamp(capacity / meanSize, 1, sized.Trace.DistinctKeys),
            ShardCount = settings.Shards,
            Eviction = settings.Policy,
            HashSeed = settings.Seed,
        });
        string? flaw = null;
        SizedHits hits = default;
        for (int position = 0; position < sized.Sizes.Length; position++)
        {
            (int key, int size) = (sized.Trace.Requests[position], sized.Sizes[position]);
            if (cache.TryGet(key, out _))
            {
                hits = new SizedHits(hits.Objects + 1, hits.Bytes + size);
            }
            else
            {
                cache.Set(key, size);
                flaw ??= cache.Weight > capacity ? $"weighs {cache.Weight}" : null;
            }
        }

        return new Outcome(hits, cache.ShardCount, flaw);
    }
}
