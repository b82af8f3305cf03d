using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Facades;

/// <summary>A cache behind <see cref="IMemoryCache"/>, called through it, every entry with a size of 1.</summary>
internal readonly struct MemoryFacade<TMaker> : IFacade<MemoryFacade<TMaker>>
    where TMaker : struct, IMemoryCacheMaker
{
    private readonly IMemoryCache _cache;
    private readonly Func<ICacheEntry, object> _factory;

    private MemoryFacade(FacadeShape shape)
    {
        _cache = TMaker.Create(shape.Capacity);
        _factory = entry =>
        {
            entry.Size = 1;
            return shape.Factory.Make();
        };
    }

    public static string Name => TMaker.Name;

    public static bool IsStrictlyBounded => TMaker.IsStrictlyBounded;

    public int? Count => TMaker.Count(_cache);

    public IMemoryCache Cache => _cache;

    public static MemoryFacade<TMaker> Create(FacadeShape shape) => new(shape);

    public object? Get(string key) => _cache.TryGetValue(key, out object? value) ? value : null;

    // What the extension method Set does; that is one method for all contestants, so they would share its profile.
    public void Set(string key, object value)
    {
        using ICacheEntry entry = _cache.CreateEntry(key);
        entry.Size = 1;
        entry.Value = value;
    }

    public object? GetOrCreate(string key) => _cache.GetOrCreate(key, _factory);

    public void Dispose() => _cache.Dispose();
}
