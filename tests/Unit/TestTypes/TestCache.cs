namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Makes caches that behave the same in every run.</summary>
internal static class TestCache
{
    public const long Seed = 20_260_101;

    public static Cache<TKey, TValue> Of<TKey, TValue>(
        int capacity,
        EvictionPolicy eviction = EvictionPolicy.Frecency,
        int? shards = 1,
        IEqualityComparer<TKey>? comparer = null,
        int initialCapacity = 0)
        where TKey : notnull
        => new(new CacheOptions<TKey, TValue>
        {
            Capacity = capacity,
            Eviction = eviction,
            ShardCount = shards,
            Comparer = comparer,
            InitialCapacity = initialCapacity,
            HashSeed = Seed,
        });
}
