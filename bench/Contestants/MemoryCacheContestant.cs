using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Contestants;

/// <summary>
/// Bounded by its size limit with every entry of size one. The key is boxed at every call, as its user would have to.
/// </summary>
/// <remarks>
/// It evicts on the thread pool, 5 % at a time, and refuses newcomers while it is over its limit: what it holds at the
/// end, and in part its hit rate, depend on timing.
/// </remarks>
internal readonly struct MemoryCacheContestant : IContestant<MemoryCacheContestant>
{
    private static readonly MemoryCacheEntryOptions OneUnit = new() { Size = 1 };

    private readonly MemoryCache _cache;

    private MemoryCacheContestant(MemoryCache cache) => _cache = cache;

    public static string Name => "MemoryCache";

    public static bool IsStrictlyBounded => false;

    public int Count => _cache.Count;

    public int? Shards => null;

    public static MemoryCacheContestant Create(CacheShape shape) =>
        new(new MemoryCache(new MemoryCacheOptions { SizeLimit = shape.Capacity }));

    public bool TryGet(long key, [NotNullWhen(true)] out object? value) => _cache.TryGetValue(key, out value);

    public void Set(long key, object value) => _cache.Set(key, value, OneUnit);

    public void Dispose() => _cache.Dispose();
}
