using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Facades;

/// <summary>A cache behind <see cref="IMemoryCache"/>, read as a hybrid cache is: get, or make, asynchronously.</summary>
internal readonly struct AsyncMemoryFacade<TMaker> : IFacade<AsyncMemoryFacade<TMaker>>
    where TMaker : struct, IMemoryCacheMaker
{
    private readonly MemoryFacade<TMaker> _facade;
    private readonly IMemoryCache _cache;

    private AsyncMemoryFacade(FacadeShape shape)
    {
        _facade = MemoryFacade<TMaker>.Create(shape);
        _cache = _facade.Cache;
    }

    public static string Name => TMaker.Name;

    public static bool IsStrictlyBounded => TMaker.IsStrictlyBounded;

    public int? Count => _facade.Count;

    public static AsyncMemoryFacade<TMaker> Create(FacadeShape shape) => new(shape);

    public object? Get(string key)
    {
        Task<string?> hit = GetOrCreateAsync(_cache, key, static _ => Task.FromResult<string?>(null));
        return hit.IsCompletedSuccessfully ? hit.Result : null;
    }

    public void Set(string key, object value) => _facade.Set(key, value);

    public object? GetOrCreate(string key) => throw new NotSupportedException();

    public void Dispose() => _facade.Dispose();

    // What the extension method of this name does; that is one method for all contestants, so they would share its profile.
    private static async Task<string?> GetOrCreateAsync(IMemoryCache cache, string key, Func<ICacheEntry, Task<string?>> factory)
    {
        if (cache.TryGetValue(key, out object? found))
        {
            return (string?)found;
        }

        using ICacheEntry entry = cache.CreateEntry(key);
        string? made = await factory(entry).ConfigureAwait(false);
        entry.Value = made;
        return made;
    }
}
