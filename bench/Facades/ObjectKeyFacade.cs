namespace FastCache.Bench.Facades;

/// <summary>No facade: the cache itself, by objects, which happen to be strings.</summary>
internal readonly struct ObjectKeyFacade : IFacade<ObjectKeyFacade>
{
    private readonly Cache<object, object> _cache;
    private readonly Func<object, object> _factory;

    private ObjectKeyFacade(Cache<object, object> cache, FacadeFactory factory)
    {
        _cache = cache;
        _factory = _ => factory.Make();
    }

    public static string Name => "Cache<object, object>";

    public static bool IsStrictlyBounded => true;

    public int? Count => (int)_cache.Count;

    public static ObjectKeyFacade Create(FacadeShape shape) => new(new Cache<object, object>(shape.Capacity), shape.Factory);

    public object? Get(string key) => _cache.TryGet(key, out object? value) ? value : null;

    public void Set(string key, object value) => _cache.Set(key, value);

    public object? GetOrCreate(string key) => _cache.GetOrAdd(key, _factory);

    public void Dispose() => _cache.Dispose();
}
