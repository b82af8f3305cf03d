using FastCache.Extensions;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>A hybrid cache with time, a log, a pool and, if asked for, a second level of its own.</summary>
internal sealed class TestHybridCache : IAsyncDisposable
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services;

    public TestHybridCache(
        ScriptedSecondLevel? second = null,
        ManualTimeProvider? time = null,
        Action<FastCacheOptions>? configure = null,
        Action<IServiceCollection>? services = null)
    {
        Time = time ?? new ManualTimeProvider();
        IServiceCollection collection = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddSingleton<ILoggerFactory>(Logger);
        if (second is not null)
        {
            collection.AddSingleton<IDistributedCache>(second);
        }

        services?.Invoke(collection);
        _services = collection.BuildServiceProvider();
        var options = new FastCacheOptions { Capacity = 1_000, PreciseExpiration = true };
        configure?.Invoke(options);
        Cache = new FastCacheHybridCache(options, _services, "hybrid", Pool);
    }

    public ManualTimeProvider Time { get; }

    public ListedLogger Logger { get; } = new();

    public CountingPool Pool { get; } = new();

    public FastCacheHybridCache Cache { get; }

    /// <summary>The numbers of what was logged.</summary>
    public int[] Logged => [.. Logger.Entries.Select(static entry => entry.Id.Id)];

    /// <summary>Options that switch something off.</summary>
    public static HybridCacheEntryOptions With(HybridCacheEntryFlags flags) => new() { Flags = flags };

    /// <summary>What another process has that shares a second level.</summary>
    public static (TestHybridCache First, TestHybridCache Second, ScriptedSecondLevel Shared) Pair(Action<FastCacheOptions>? configure = null)
    {
        var time = new ManualTimeProvider();
        var shared = new ScriptedBufferSecondLevel(time);
        return (new TestHybridCache(shared, time, configure), new TestHybridCache(shared, time, configure), shared);
    }

    /// <summary>One with a second level.</summary>
    public static (TestHybridCache Cache, ScriptedSecondLevel Second) WithSecond(
        Action<FastCacheOptions>? configure = null, Action<IServiceCollection>? services = null, bool buffers = true)
    {
        var time = new ManualTimeProvider();
        ScriptedSecondLevel second = buffers ? new ScriptedBufferSecondLevel(time) : new ScriptedSecondLevel(time);
        return (new TestHybridCache(second, time, configure, services), second);
    }

    /// <summary>The value of a key, which has to be made if it is not there.</summary>
    public ValueTask<T> GetAsync<T>(string key, T made, HybridCacheEntryOptions? options = null, params string[] tags)
        => Cache.GetOrCreateAsync(key, made, static (made, _) => new ValueTask<T>(made), options, tags);

    /// <summary>The value of a key, which must be there.</summary>
    public ValueTask<T> FindAsync<T>(string key, HybridCacheEntryOptions? options = null)
        => Cache.GetOrCreateAsync<T>(key, static _ => throw new InvalidOperationException("The factory was called."), options);

    /// <summary>Forgets what is in the process, but not what is known of tags.</summary>
    public async Task ForgetLocalAsync(string key)
        => await Cache.SetAsync(key, 0, With(HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCache));

    public void Pass(TimeSpan time) => Time.Advance(time);

    /// <summary>All that was rented was given back, and nobody is at any key.</summary>
    public void AssertAtRest()
    {
        Assert.Equal(0, Pool.Rented);
        Assert.Equal(0, Cache.BusyKeys);
    }

    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync();
        await _services.DisposeAsync();
    }
}
