using System.Diagnostics.CodeAnalysis;

namespace FastCache.Notifications;

/// <summary>One attempt to add a scoped value, with a lease on it from the moment that it is made.</summary>
/// <remarks>So a value that the cache does not keep, or loses at once, can still be used.</remarks>
internal sealed class LeasedLoad<TKey, T>
    where TKey : notnull
    where T : IDisposable
{
    private readonly Func<TKey, T> _factory;
    private Scoped<T>? _made;
    private Lease<T>? _lease;

    private LeasedLoad(Func<TKey, T> factory) => _factory = factory;

    /// <summary>Adds a value, or reads the one that is there by then. False if that has left the cache meanwhile.</summary>
    public static bool TryRun(
        Cache<TKey, Scoped<T>> cache, TKey key, Func<TKey, T> factory, [MaybeNullWhen(false)] out Lease<T> lease)
    {
        var load = new LeasedLoad<TKey, T>(factory);
        Scoped<T> scoped;
        try
        {
            scoped = cache.GetOrAdd(key, static (key, load) => load.Make(key), load);
        }
        catch
        {
            // What throws has not taken over what was made for it.
            (load._made as IScoped)?.Release();
            load._lease?.Dispose();
            throw;
        }

        if (scoped == load._made)
        {
            lease = load._lease!;
            return true;
        }

        load._lease?.Dispose();
        if (scoped.TryLease(out lease))
        {
            return true;
        }

        // Normally gone already. One that the application has put into two caches is not, and would be found for ever.
        cache.TryRemove(KeyValuePair.Create(key, scoped));
        return false;
    }

    private Scoped<T> Make(TKey key)
    {
        _made = new Scoped<T>(_factory(key));
        _made.TryLease(out _lease);
        return _made;
    }
}
