namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Makes caches with a weigher that behave the same in every run.</summary>
internal static class WeightedCache
{
    /// <summary>Every value says what its entry weighs.</summary>
    public static Cache<int, int> OfWeights(
        long limit, EvictionPolicy eviction = EvictionPolicy.Lru, int? shards = 1, int? maxEntryWeight = null)
        => Of<int, int>(limit, static (_, weight) => weight, eviction, shards, maxEntryWeight);

    /// <summary>A string weighs as much as it is long.</summary>
    public static Cache<int, string> OfStrings(
        long limit,
        EvictionPolicy eviction = EvictionPolicy.Lru,
        int? maxEntryWeight = null,
        IEqualityComparer<int>? comparer = null)
        => Of<int, string>(limit, static (_, text) => text.Length, eviction, shards: 1, maxEntryWeight, comparer);

    public static Cache<TKey, TValue> Of<TKey, TValue>(
        long limit,
        Func<TKey, TValue, int> weigher,
        EvictionPolicy eviction = EvictionPolicy.Lru,
        int? shards = 1,
        int? maxEntryWeight = null,
        IEqualityComparer<TKey>? comparer = null,
        int? expectedEntries = null)
        where TKey : notnull
        => new(new CacheOptions<TKey, TValue>
        {
            WeightLimit = limit,
            Weigher = weigher,
            MaxEntryWeight = maxEntryWeight,
            ExpectedEntries = expectedEntries,
            Eviction = eviction,
            ShardCount = shards,
            Comparer = comparer,
            HashSeed = TestCache.Seed,
        });

    /// <summary>What the entries that are there weigh, one by one.</summary>
    public static long TotalOf<TKey, TValue>(Cache<TKey, TValue> cache, Func<TKey, TValue, int> weigher)
        where TKey : notnull
        => cache.Sum(entry => (long)weigher(entry.Key, entry.Value));
}
