namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Makes caches of resources that behave the same in every run.</summary>
internal static class ScopedCache
{
    public static Cache<int, Scoped<Resource>> Of(int capacity, Action<CacheOptions<int, Scoped<Resource>>>? configure = null)
    {
        var options = new CacheOptions<int, Scoped<Resource>> { Capacity = capacity, ShardCount = 1, HashSeed = TestCache.Seed };
        configure?.Invoke(options);
        return new Cache<int, Scoped<Resource>>(options);
    }

    /// <summary>Every resource weighs its number.</summary>
    public static Cache<int, Scoped<Resource>> OfWeights(
        long limit, int? maxEntryWeight = null, EvictionPolicy eviction = EvictionPolicy.Lru)
        => Of(0, options => (options.Weigher, options.WeightLimit, options.MaxEntryWeight, options.Eviction)
            = (Weigh, limit, maxEntryWeight, eviction));

    private static int Weigh(int key, Scoped<Resource> scoped)
    {
        scoped.TryLease(out Lease<Resource>? lease);
        using (lease)
        {
            return lease!.Value.Number;
        }
    }
}
