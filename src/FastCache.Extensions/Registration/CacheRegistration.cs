using FastCache.Persistence;

namespace FastCache.Extensions.Registration;

/// <summary>A cache that the application has asked for when it was built.</summary>
internal abstract class CacheRegistration
{
    /// <summary>The one for a name and two types.</summary>
    public static CacheRegistration<TKey, TValue> For<TKey, TValue>(
        string name, Action<CacheOptions<TKey, TValue>>? configure, Action<CacheLogOptions<TKey, TValue>>? configureLog)
        where TKey : notnull
        => new(name, configure, configureLog);

    /// <summary>Its instance, opened or not; null if it is switched off.</summary>
    public abstract ICacheInstance? Find(FastCacheProvider provider);
}
