namespace FastCache.Tests.Unit.TestTypes;

/// <summary>What a cache has counted, without what it holds and what it has loaded.</summary>
internal static class Happened
{
    public static CacheStatistics In<TKey, TValue>(Cache<TKey, TValue> cache)
        where TKey : notnull
        => cache.Statistics with { Count = 0, Weight = 0, Loads = 0, LoadFailures = 0 };
}
