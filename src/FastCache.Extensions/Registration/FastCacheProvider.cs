using FastCache.Extensions.Health;
using FastCache.Extensions.Policies;
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
    private readonly LogDirectories _logDirectories = new();
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
        return _memoryCaches.GetOrMake(name, () => MakeMemoryCache(name));
    }

    public IBufferDistributedCache GetDistributedCache(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _distributedCaches.GetOrMake(name, () => MakeDistributedCache(name));
    }

    public FastCacheHybridCache GetHybridCache(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _hybridCaches.GetOrMake(name, () => MakeHybridCache(name));
    }

    public EntryOptions GetEntryOptions(string name, string policy)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(policy);
        IDictionary<string, FastCacheEntryPolicy> policies = settings.Get(name).Policies;
        return policies.TryGetValue(policy, out FastCacheEntryPolicy? found) ? EntryPolicies.OptionsOf(found)
            : throw new ArgumentException($"There is no policy '{policy}' in the settings of the cache '{name}'.", nameof(policy));
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
            (name, typeof(FastCacheDistributedCache)),
            () => MakeInstance(LabelOfDistributed(name), options, new CacheRegistration<string, byte[]>(
                name, configure: null, options.PersistenceDirectory is null ? null : static _ => { })));
    }

    /// <summary>How the caches are that have been made and keep anything.</summary>
    public List<CacheFigures> Observe()
        => [.. _instances.All().Select(static instance => instance.Figures)
            .Concat(_memoryCaches.All().Select(static cache => cache.Figures))
            .Concat(_hybridCaches.All().Select(static cache => cache.Figures))
            .OfType<CacheFigures>()];

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

    private void LogMade(CacheLabel label, FastCacheOptions options)
    {
        if (options.Enabled)
        {
            _surroundings.LogMade(label, options.TotalSize ?? options.Capacity, options.TotalSize is null);
        }
        else
        {
            _surroundings.LogDisabled(label);
        }
    }

    private FastCacheHybridCache MakeHybridCache(string name)
    {
        FastCacheOptions options = settings.Get(name);
        var cache = new FastCacheHybridCache(options, services, name);
        LogMade(new CacheLabel(name, CacheLabel.HybridKind), options);
        return cache;
    }

    private FastCacheMemoryCache MakeMemoryCache(string name)
    {
        FastCacheOptions options = settings.Get(name);
        var cache = new FastCacheMemoryCache(options, name, _surroundings);
        LogMade(new CacheLabel(name, CacheLabel.MemoryKind), options);

        return cache;
    }

    private FastCacheDistributedCache MakeDistributedCache(string name)
    {
        FastCacheOptions options = settings.Get(name);
        if (InstanceUnderDistributed(name) is not { } instance)
        {
            _surroundings.LogDisabled(LabelOfDistributed(name));
            return new FastCacheDistributedCache();
        }

        EntryPolicies? policies = EntryPolicies.Of(options);
        return instance.Log is { } log
            ? new FastCacheDistributedCache(log, options.KeyPrefix, options.PersistenceDurability == LogDurability.EveryWrite) { Policies = policies }
            : new FastCacheDistributedCache(instance.Cache, options.KeyPrefix) { Policies = policies };
    }

    private static CacheLabel LabelOfDistributed(string name) => new(name, CacheLabel.DistributedKind);

    private CacheInstance<TKey, TValue> MakeInstance<TKey, TValue>(string name)
        where TKey : notnull
    {
        CacheRegistration<TKey, TValue>? registered
            = services.GetServices<CacheRegistration<TKey, TValue>>().LastOrDefault(registration => registration.Name == name);
        return MakeInstance(CacheLabel.OfTyped<TKey, TValue>(name), settings.Get(name), registered);
    }

    private CacheInstance<TKey, TValue> MakeInstance<TKey, TValue>(
        CacheLabel label, FastCacheOptions options, CacheRegistration<TKey, TValue>? registered)
        where TKey : notnull
    {
        CacheOptions<TKey, TValue> cacheOptions = CacheOptionsMapping.Begin<TKey, TValue>(options, label.Name, _surroundings);
        if (options.TotalSize is not null && cacheOptions is CacheOptions<string, byte[]> ofBytes)
        {
            ofBytes.Weigher = EntryBytes.Of;
        }

        registered?.Configure(cacheOptions);
        CacheOptionsMapping.Complete(cacheOptions, options);
        if (registered is not { HasLog: true })
        {
            return new CacheInstance<TKey, TValue>(label, _surroundings, cacheOptions, logOptions: null);
        }

        var logOptions = new CacheLogOptions<TKey, TValue>
        {
            Directory = options.PersistenceDirectory is { } directory
                ? Path.Combine(directory, label.Name.Length == 0 ? NamelessDirectory : label.Name)
                : "",
            Durability = options.PersistenceDurability,
            MaxLogSize = (long)options.MaxLogMegabytes << 20,
        };
        registered.Configure(logOptions);
        _logDirectories.Take(logOptions.Directory, label);
        return new CacheInstance<TKey, TValue>(label, _surroundings, cacheOptions, logOptions);
    }
}
