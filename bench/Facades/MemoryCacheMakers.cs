using FastCache.Extensions;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Facades;

/// <summary>Drops what is added while it is full, and makes room on the thread pool, 5 % at a time.</summary>
internal readonly struct PlatformMemoryCache : IMemoryCacheMaker
{
    public static string Name => "MemoryCache";

    public static bool IsStrictlyBounded => false;

    public static IMemoryCache Create(int capacity) => new MemoryCache(new MemoryCacheOptions { SizeLimit = capacity });

    public static int Count(IMemoryCache cache) => ((MemoryCache)cache).Count;
}

/// <summary>As it is made by default: it counts hits and misses, which <see cref="PlatformMemoryCache"/> does not.</summary>
internal readonly struct CountingFastMemoryCache : IMemoryCacheMaker
{
    public static string Name => nameof(FastCacheMemoryCache);

    public static bool IsStrictlyBounded => true;

    public static IMemoryCache Create(int capacity) => new FastCacheMemoryCache(new FastCacheOptions { Capacity = capacity });

    public static int Count(IMemoryCache cache) => ((FastCacheMemoryCache)cache).Count;
}

/// <summary>The same without counting.</summary>
internal readonly struct FastMemoryCache : IMemoryCacheMaker
{
    public static string Name => $"{nameof(FastCacheMemoryCache)}, not counting";

    public static bool IsStrictlyBounded => true;

    public static IMemoryCache Create(int capacity)
        => new FastCacheMemoryCache(new FastCacheOptions { Capacity = capacity, TrackStatistics = false });

    public static int Count(IMemoryCache cache) => CountingFastMemoryCache.Count(cache);
}
