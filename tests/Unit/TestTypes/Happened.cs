namespace FastCache.Tests.Unit.TestTypes;

/// <summary>What a cache has counted, without what it holds.</summary>
internal static class Happened
{
    public static CacheStatistics In<TKey, TValue>(Cache<TKey, TValue> cache)
        where TKey : notnull
        => cache.Statistics with { Count = 0, Weight = 0 };
}
