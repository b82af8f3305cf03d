using System.Buffers;
using FastCache.Extensions;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace FastCache.Bench.Facades;

/// <summary>Keeps the array that it is given, and hands out the same.</summary>
internal readonly struct PlatformDistributedCache : IDistributedCacheMaker
{
    public static string Name => nameof(MemoryDistributedCache);

    public static IDistributedCache Create(int capacity)
        => new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions { SizeLimit = null }));

    public static byte[]? Get(IDistributedCache cache, string key) => cache.Get(key);
}

/// <summary>Copies on the way in and on the way out.</summary>
internal readonly struct FastDistributedCache : IDistributedCacheMaker
{
    public static string Name => nameof(FastCacheDistributedCache);

    public static IDistributedCache Create(int capacity) => new FastCacheDistributedCache(new Cache<string, byte[]>(capacity));

    public static byte[]? Get(IDistributedCache cache, string key) => cache.Get(key);
}

/// <summary>The same read into a buffer of the caller's, through <see cref="IBufferDistributedCache"/>.</summary>
internal readonly struct BufferedDistributedCache : IDistributedCacheMaker
{
    [ThreadStatic]
    private static FittedBuffer? t_buffer;

    public static string Name => $"{nameof(FastCacheDistributedCache)}, to a buffer";

    public static IDistributedCache Create(int capacity) => FastDistributedCache.Create(capacity);

    public static byte[]? Get(IDistributedCache cache, string key)
    {
        FittedBuffer buffer = t_buffer ??= new FittedBuffer();
        return ((IBufferDistributedCache)cache).TryGet(key, buffer) ? buffer.TakeWritten() : null;
    }
}
