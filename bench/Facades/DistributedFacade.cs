using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Distributed;

namespace FastCache.Bench.Facades;

/// <summary>A cache behind <see cref="IDistributedCache"/>, called through it.</summary>
internal readonly struct DistributedFacade<TMaker> : IFacade<DistributedFacade<TMaker>>
    where TMaker : struct, IDistributedCacheMaker
{
    private static readonly DistributedCacheEntryOptions Forever = new();

    private readonly IDistributedCache _cache;

    private DistributedFacade(FacadeShape shape) => _cache = TMaker.Create(shape.Capacity);

    public static string Name => TMaker.Name;

    public static bool IsStrictlyBounded => false;

    public int? Count => null;

    public static DistributedFacade<TMaker> Create(FacadeShape shape) => new(shape);

    public object? Get(string key) => TMaker.Get(_cache, key);

    public void Set(string key, object value) => _cache.Set(key, Unsafe.As<byte[]>(value), Forever);

    public object? GetOrCreate(string key) => throw new NotSupportedException();

    public void Dispose() => (_cache as IDisposable)?.Dispose();
}
