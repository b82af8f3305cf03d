using FastCache.Persistence;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastCache.Extensions.Registration;

/// <summary>Makes the caches of a container and owns them.</summary>
internal sealed class FastCacheProvider(IServiceProvider services, IOptionsMonitor<FastCacheOptions> settings)
    : IFastCacheProvider, IDisposable, IAsyncDisposable
{
    private const string NamelessDirectory = "default";

    private readonly CacheSurroundings _surroundings = new(services);
    private readonly OwnedByName<(string Name, Type Types), ICacheInstance> _instances = new();
    private readonly OwnedByName<string, FastCacheMemoryCache> _memoryCaches = new();
    private readonly OwnedByName<string, FastCacheDistributedCache> _distributedCaches = new();
    private readonly OwnedByName<string, FastCacheHybridCache> _hybridCaches = new();

    public Cache<TKey, TValue> GetCache<TKey, TValue>(string name)
        where TKey : notnull
        => InstanceOf<TKey, TValue>(name).Cache;

    public CacheLog<TKey, TValue>? GetLog<TKey, TValue>(string name)
        where TKey : notnull
        => InstanceOf<TKey, TValue>(name).Log;

    public IMemoryCache GetMemoryCache(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _memoryCaches.GetOrMake(name, () => new FastCacheMemoryCache(settings.Get(name), name, _surroundings));
    }

    public IBufferDistributedCache GetDistributedCache(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _distributedCaches.GetOrMake(name, () => MakeDistributedCache(name));
    }

    public FastCacheHybridCache GetHybridCache(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _hybridCaches.GetOrMake(name, () => new FastCacheHybridCache(settings.Get(name), services, name));
    }

    public CacheInstance<TKey, TValue> InstanceOf<TKey, TValue>(string name)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(name);
        return (CacheInstance<TKey, TValue>)_instances.GetOrMake((name, typeof(Cache<TKey, TValue>)), () => MakeInstance<TKey, TValue>(name));
    }

    /// <summary>What is under a distributed cache; null if it keeps nothing.</summary>
    public CacheInstance<string, byte[]>? InstanceUnderDistributed(string name)
    {
        FastCacheOptions options = settings.Get(name);
        return !options.Enabled ? null : (CacheInstance<string, byte[]>)_instances.GetOrMake(
            (name, typeof(FastCacheDistributedCache)), () => MakeInstance(name, options, new CacheRegistration<string, byte[]>(
                name, configure: null, options.PersistenceDirectory is null ? null : static _ => { })));
    }

    /// <summary>Brings all logs to the disk and closes them.</summary>
    public async Task CloseLogsAsync()
    {
        foreach (ICacheInstance instance in _instances.All().Where(static instance => instance.HasLog))
        {
            await instance.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        foreach (FastCacheHybridCache cache in _hybridCaches.Close())
        {
            await cache.DisposeAsync().ConfigureAwait(false);
        }

        _distributedCaches.Close();
        foreach (FastCacheMemoryCache cache in _memoryCaches.Close())
        {
            await cache.DisposeAsync().ConfigureAwait(false);
        }

        foreach (ICacheInstance instance in _instances.Close())
        {
            await instance.DisposeAsync().ConfigureAwait(false);
        }
    }

    private FastCacheDistributedCache MakeDistributedCache(string name)
    {
        FastCacheOptions options = settings.Get(name);
        return InstanceUnderDistributed(name) is not { } instance ? new FastCacheDistributedCache()
            : instance.Log is { } log
                ? new FastCacheDistributedCache(log, options.KeyPrefix, options.PersistenceDurability == LogDurability.EveryWrite)
            : new FastCacheDistributedCache(instance.Cache, options.KeyPrefix);
    }

    private CacheInstance<TKey, TValue> MakeInstance<TKey, TValue>(string name)
        where TKey : notnull
    {
        CacheRegistration<TKey, TValue>? registered
            = services.GetServices<CacheRegistration<TKey, TValue>>().LastOrDefault(registration => registration.Name == name);
        return MakeInstance(name, settings.Get(name), registered);
    }

    private CacheInstance<TKey, TValue> MakeInstance<TKey, TValue>(
        string name, FastCacheOptions options, CacheRegistration<TKey, TValue>? registered)
        where TKey : notnull
    {
        CacheOptions<TKey, TValue> cacheOptions = CacheOptionsMapping.Begin<TKey, TValue>(options, name, _surroundings);
        if (options.TotalSize is not null && cacheOptions is CacheOptions<string, byte[]> ofBytes)
        {
            ofBytes.Weigher = EntryBytes.Of;
        }

        registered?.Configure(cacheOptions);
        CacheOptionsMapping.Complete(cacheOptions, options);
        if (registered is not { HasLog: true })
        {
            return new CacheInstance<TKey, TValue>(cacheOptions, logOptions: null);
        }

        var logOptions = new CacheLogOptions<TKey, TValue>
        {
            Directory = options.PersistenceDirectory is { } directory
                ? Path.Combine(directory, name.Length == 0 ? NamelessDirectory : name)
                : "",
            Durability = options.PersistenceDurability,
            MaxLogSize = (long)options.MaxLogMegabytes << 20,
        };
        registered.Configure(logOptions);
        return new CacheInstance<TKey, TValue>(cacheOptions, logOptions);
    }
}
