namespace FastCache.Tests.Properties.Loading;

/// <summary>A cache under load from several threads.</summary>
/// <param name="Capacity">See <see cref="CacheOptions{TKey, TValue}"/>, as for the next two.</param>
/// <param name="ShardCount">See above.</param>
/// <param name="Eviction">See above.</param>
/// <param name="IsRefreshed">Whether entries are refreshed in the background as soon as they are a little old.</param>
/// <param name="Others">How many keys there are that only fill the cache.</param>
/// <param name="Seed">Of the hash and of what the threads do.</param>
internal sealed record StressSetup(int Capacity, int ShardCount, EvictionPolicy Eviction, bool IsRefreshed, int Others, int Seed)
{
    public Cache<int, int> Create() => new(new CacheOptions<int, int>
    {
        Capacity = Capacity,
        ShardCount = ShardCount,
        Eviction = Eviction,
        HashSeed = Seed,
        ExpireAfterWrite = IsRefreshed ? TimeSpan.FromMinutes(1) : null,
        PreciseExpiry = true,
        Loading = new LoadOptions { EagerRefreshThreshold = IsRefreshed ? 0.000_000_1 : null },
    });
}
