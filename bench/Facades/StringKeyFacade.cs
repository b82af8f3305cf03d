namespace FastCache.Bench.Facades;

/// <summary>No facade: the cache itself, by strings.</summary>
internal readonly struct StringKeyFacade : IFacade<StringKeyFacade>
{
    private readonly Cache<string, object> _cache;
    private readonly Func<string, object> _factory;

    private StringKeyFacade(Cache<string, object> cache, FacadeFactory factory)
    {
        _cache = cache;
        _factory = _ => factory.Make();
    }

    public static string Name => "Cache<string, object>";

    public static bool IsStrictlyBounded => true;

    public int? Count => (int)_cache.Count;

    public static StringKeyFacade Create(FacadeShape shape) => new(new Cache<string, object>(shape.Capacity), shape.Factory);

    public object? Get(string key) => _cache.TryGet(key, out object? value) ? value : null;

    public void Set(string key, object value) => _cache.Set(key, value);

    public object? GetOrCreate(string key) => _cache.GetOrAdd(key, _factory);

    public void Dispose() => _cache.Dispose();
}
