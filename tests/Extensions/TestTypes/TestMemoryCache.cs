using FastCache.Extensions;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>A memory cache with time, a log and ears of its own.</summary>
internal sealed class TestMemoryCache : IAsyncDisposable
{
    public TestMemoryCache(Action<FastCacheOptions>? configure = null)
    {
        var options = new FastCacheOptions { Capacity = 1_000, PreciseExpiration = true };
        configure?.Invoke(options);
        Cache = new FastCacheMemoryCache(options, timeProvider: Time, loggerFactory: Logger);
    }

    public ManualTimeProvider Time { get; } = new();

    public ListedLogger Logger { get; } = new();

    public Evictions Evictions { get; } = new();

    public FastCacheMemoryCache Cache { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Options of an entry whose eviction is heard.</summary>
    public MemoryCacheEntryOptions Heard => new() { PostEvictionCallbacks = { Evictions.Registration } };

    /// <summary>Lets time pass in steps: an access every so often.</summary>
    public void Pass(TimeSpan time) => Time.Advance(time);

    /// <summary>Ends the cache, and with it everything that goes on in the background: what was not heard by now never will be.</summary>
    public async Task<Evicted[]> EndAsync()
    {
        await Cache.DisposeAsync();
        return Evictions.Rest;
    }

    public ValueTask DisposeAsync() => Cache.DisposeAsync();
}
