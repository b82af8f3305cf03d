using FastCache.Persistence;

namespace FastCache.Extensions.Registration;

/// <summary>A cache for keys and values of two types.</summary>
internal sealed class CacheRegistration<TKey, TValue>(
    string name, Action<CacheOptions<TKey, TValue>>? configure, Action<CacheLogOptions<TKey, TValue>>? configureLog) : CacheRegistration
    where TKey : notnull
{
    public string Name { get; } = name;

    public bool HasLog => configureLog is not null;

    public void Configure(CacheOptions<TKey, TValue> options) => configure?.Invoke(options);

    public void Configure(CacheLogOptions<TKey, TValue> options) => configureLog?.Invoke(options);

    public override ICacheInstance Find(FastCacheProvider provider) => provider.InstanceOf<TKey, TValue>(Name);
}
