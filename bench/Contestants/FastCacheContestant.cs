using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

internal readonly struct FastCacheContestant : IContestant<FastCacheContestant>
{
    private readonly Cache<long, object> _cache;

    private FastCacheContestant(Cache<long, object> cache) => _cache = cache;

    public static string Name => "FastCache";

    public static bool IsStrictlyBounded => true;

    public int Count => _cache.Count;

    public int? Shards => _cache.ShardCount;

    public static FastCacheContestant Create(CacheShape shape) => new(new Cache<long, object>(new CacheOptions<long, object>
    {
        Capacity = shape.Capacity,
        ShardCount = shape.Shards,
        Eviction = shape.Policy,
        HashSeed = shape.HashSeed,
    }));

    public bool TryGet(long key, [NotNullWhen(true)] out object? value) => _cache.TryGet(key, out value);

    public void Set(long key, object value) => _cache.Set(key, value);

    public void Dispose() => _cache.Dispose();
}
