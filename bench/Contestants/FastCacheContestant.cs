using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

internal readonly struct FastCacheContestant<TVariant> : IContestant<FastCacheContestant<TVariant>>
    where TVariant : struct, IFastCacheVariant
{
    private readonly Cache<long, object> _cache;

    private FastCacheContestant(Cache<long, object> cache) => _cache = cache;

    public static string Name => TVariant.Name;

    public static bool IsStrictlyBounded => true;

    public int Count => (int)_cache.Count;

    public int? Shards => _cache.ShardCount;

    public static FastCacheContestant<TVariant> Create(CacheShape shape)
    {
        CacheOptions<long, object> options = new()
        {
            Capacity = shape.Capacity,
            ShardCount = shape.Shards,
            Eviction = shape.Policy,
            HashSeed = shape.HashSeed,
        };
        TVariant.Apply(options);
        return new(new Cache<long, object>(options));
    }

    public bool TryGet(long key, [NotNullWhen(true)] out object? value) => _cache.TryGet(key, out value);

    public void Set(long key, object value) => _cache.Set(key, value);

    public void Dispose() => _cache.Dispose();
}
