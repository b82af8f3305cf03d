using System.Runtime.CompilerServices;

namespace FastCache.Bench.Facades;

/// <summary>No facade: the cache itself, of strings, read as a hybrid cache is.</summary>
internal readonly struct TextFacade : IFacade<TextFacade>
{
    private readonly Cache<string, string?> _cache;

    private TextFacade(Cache<string, string?> cache) => _cache = cache;

    public static string Name => "Cache<string, string>";

    public static bool IsStrictlyBounded => true;

    public int? Count => (int)_cache.Count;

    public static TextFacade Create(FacadeShape shape) => new(new Cache<string, string?>(shape.Capacity));

    public object? Get(string key)
    {
        ValueTask<string?> hit = _cache.GetOrAddAsync(key, static (_, _) => new ValueTask<string?>(result: null));
        return hit.IsCompletedSuccessfully ? hit.Result : null;
    }

    public void Set(string key, object value) => _cache.Set(key, Unsafe.As<string>(value));

    public object? GetOrCreate(string key) => throw new NotSupportedException();

    public void Dispose() => _cache.Dispose();
}
