using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>However a scoped value leaves a cache, or fails to get into one, it is disposed once.</summary>
#pragma warning disable CA1001 // Who disposes the resource is what is tested.
public sealed class ScopedCacheTests
#pragma warning restore CA1001
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _time = new();
    private readonly Resource _resource = new(number: 1);
    private readonly Scoped<Resource> _scoped;

    public ScopedCacheTests() => _scoped = new Scoped<Resource>(_resource);

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("explicit")]
    [InlineData("replaced")]
    [InlineData("updated")]
    [InlineData("expired")]
    [InlineData("evicted")]
    [InlineData("cleared")]
    [InlineData("disposed")]
    [InlineData("disposed asynchronously")]
    public async Task A_value_that_has_left_its_cache_is_disposed_once(string way)
    {
        await Wait.LeaveRunner();
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10, options => options.TimeProvider = _time);
        Assert.True(cache.Set(1, _scoped, ExpiringCache.For(Minute)));
        Assert.True(cache.TryGetLease(1, out Lease<Resource>? lease));

        await EndAsync(cache, way);
        Assert.Equal(0, _resource.Disposals);
        Assert.Same(_resource, lease.Value);
        lease.Dispose();

        Wait.Until(() => _resource.IsDisposed);
        await cache.DisposeAsync();
        Assert.Equal(1, _resource.Disposals);
        Assert.Equal(0, cache.ListenerFailures);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_is_too_heavy_is_disposed_and_so_is_the_one_it_was_to_replace()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.OfWeights(limit: 10, maxEntryWeight: 5);
        var heavy = new Resource(6);
        Assert.True(cache.Set(1, _scoped));

        Assert.False(cache.Set(1, new Scoped<Resource>(heavy)));

        await cache.DisposeAsync();
        Assert.Equal((1, 1), (_resource.Disposals, heavy.Disposals));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("too heavy")]
    [InlineData("expired")]
    [InlineData("admission")]
    [InlineData("present")]
    [InlineData("absent")]
    [InlineData("other")]
    [InlineData("get or add")]
    [InlineData("add or update")]
    public async Task A_value_that_is_not_kept_is_disposed(string reason)
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.OfWeights(limit: 10, maxEntryWeight: 9, EvictionPolicy.Frecency);
        var other = new Scoped<Resource>(new Resource(1));
        var heavy = new Resource(reason is "admission" ? 8 : reason is "expired" ? 1 : 10);
        Fill(cache);

        Assert.False(reason switch
        {
            "too heavy" => cache.Set(1, new Scoped<Resource>(heavy)),
            "expired" => cache.Set(1, new Scoped<Resource>(heavy), new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }),
            "admission" => SetCold(cache, heavy),
            "present" => cache.TryAdd(2, new Scoped<Resource>(heavy)),
            "absent" => cache.TryUpdate(1, new Scoped<Resource>(heavy)),
            "other" => cache.TryUpdate(2, new Scoped<Resource>(heavy), other),
            "get or add" => cache.GetOrAdd(1, _ => new Scoped<Resource>(heavy)) is null,
            _ => cache.AddOrUpdate(2, new Scoped<Resource>(heavy), (_, _) => _scoped) != _scoped,
        });

        Wait.Until(() => heavy.IsDisposed);
        Assert.All(cache, entry => AssertLive(entry.Value));
        cache.AssertConsistent();
        await cache.DisposeAsync();
        Assert.Equal(1, heavy.Disposals);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_is_disposed_after_the_listener_has_seen_that_it_has_gone()
    {
        int disposals = -1;
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(
            10, options => options.RemovalListener = (_, _, _) => disposals = _resource.Disposals);
        cache.Set(1, _scoped);

        cache.TryRemove(1);
        await cache.DisposeAsync();

        Assert.Equal((0, 1), (disposals, _resource.Disposals));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_listener_that_throws_does_not_keep_a_value_from_being_disposed()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(
            10, options => options.RemovalListener = (_, _, _) => throw new InvalidOperationException("on purpose"));
        cache.Set(1, _scoped);

        await cache.DisposeAsync();

        Assert.Equal((1, 1), (_resource.Disposals, cache.ListenerFailures));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_disposal_throws_is_counted_and_logged_with_its_key_if_that_is_allowed(bool logsKeys)
    {
        var logger = new ListedLogger();
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10, options => (options.LoggerFactory, options.LogKeys) = (logger, logsKeys));
        cache.Set(123_456_789, new Scoped<Resource>(new Resource { OnDispose = () => throw new InvalidOperationException("on purpose") }));
        cache.Set(2, _scoped);

        await cache.DisposeAsync();

        Assert.Equal((1, 1), (cache.ListenerFailures, _resource.Disposals));
        Assert.Equal((1002, "ScopedDisposalFailed"), (logger.Entries[0].Id.Id, logger.Entries[0].Id.Name));
        Assert.Equal(logsKeys, logger.Entries[0].Message.Contains("123456789", StringComparison.Ordinal));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_is_or_was_in_a_cache_is_not_taken_again()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10);
        Cache<int, Scoped<Resource>> other = ScopedCache.Of(10);
        cache.Set(1, _scoped);

        Assert.Throws<InvalidOperationException>(() => cache.Set(1, _scoped));
        Assert.Throws<InvalidOperationException>(() => cache.Set(2, _scoped));
        Assert.Throws<InvalidOperationException>(() => cache.TryUpdate(1, _scoped));
        Assert.Throws<InvalidOperationException>(() => cache.AddOrUpdate(1, new Scoped<Resource>(new Resource()), (_, present) => present));
        Assert.Throws<InvalidOperationException>(() => cache.GetOrAdd(2, _ => _scoped));
        Assert.Throws<InvalidOperationException>(() => other.TryAdd(1, _scoped));
        Assert.False(cache.TryAdd(1, _scoped));
        Assert.False(cache.TryUpdate(2, _scoped));
        Assert.False(cache.TryUpdate(1, _scoped, new Scoped<Resource>(new Resource())));
        Assert.True(cache.TryGetLease(1, out Lease<Resource>? lease));
        lease.Dispose();
        cache.AssertConsistent();

        await cache.DisposeAsync();
        await other.DisposeAsync();
        Assert.Throws<InvalidOperationException>(() => ScopedCache.Of(10).Set(1, _scoped));
        Assert.Equal(1, _resource.Disposals);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_write_that_throws_has_taken_nothing()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10);
        await cache.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, _scoped));

        Assert.Equal(0, _resource.Disposals);
        Cache<int, Scoped<Resource>> other = ScopedCache.Of(10);
        Assert.True(other.Set(1, _scoped));
        await other.DisposeAsync();
        Assert.Equal(1, _resource.Disposals);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Null_in_the_place_of_a_value_is_kept_and_let_go_like_any_other()
    {
        Cache<int, Scoped<Resource>?> cache = new(capacity: 10);
        Assert.True(cache.Set(1, null));
        Assert.True(cache.TryAdd(2, null));

        Assert.True(cache.TryGet(1, out Scoped<Resource>? value));
        Assert.Null(value);
        Assert.True(cache.Set(1, _scoped));
        Assert.True(cache.TryRemove(2));

        await cache.DisposeAsync();
        Assert.Equal((1, 0), (_resource.Disposals, cache.ListenerFailures));
    }

    [Fact]
    public void What_a_disposed_cache_does_not_keep_is_disposed_too()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10);
        cache.Dispose();

        Assert.False(cache.TryUpdate(1, _scoped));

        Assert.Equal(1, _resource.Disposals);
    }

    private async Task EndAsync(Cache<int, Scoped<Resource>> cache, string way)
    {
        switch (way)
        {
            case "explicit":
                Assert.True(cache.TryRemove(1));
                break;
            case "replaced":
                Assert.True(cache.Set(1, new Scoped<Resource>(new Resource())));
                break;
            case "updated":
                cache.AddOrUpdate(1, new Scoped<Resource>(new Resource()), (_, _) => new Scoped<Resource>(new Resource()));
                break;
            case "expired":
                _time.Advance(Minute + (2 * ExpiringCache.Tick));
                Wait.Until(() => cache.Count == 0);
                break;
            case "evicted":
                Assert.Equal(1, cache.Trim(1));
                break;
            case "cleared":
                cache.Clear();
                break;
            case "disposed":
                cache.Dispose();
                break;
            default:
                await cache.DisposeAsync();
                break;
        }
    }

    private static void AssertLive(Scoped<Resource> scoped)
    {
        Assert.True(scoped.TryLease(out Lease<Resource>? lease));
        lease.Dispose();
    }

    /// <summary>Entries that are asked for, which fill the cache but for 1.</summary>
    private static void Fill(Cache<int, Scoped<Resource>> cache)
    {
        for (int key = 2; key < 11; key++)
        {
            Assert.True(cache.Set(key, new Scoped<Resource>(new Resource(1))));
        }
    }

    private static bool SetCold(Cache<int, Scoped<Resource>> cache, Resource resource)
    {
        foreach (int _ in Enumerable.Range(0, 20))
        {
            for (int key = 2; key < 11; key++)
            {
                cache.TryGet(key, out Scoped<Resource>? _);
                cache.Set(key, new Scoped<Resource>(new Resource(1)));
            }
        }

        return cache.Set(1, new Scoped<Resource>(resource));
    }
}
