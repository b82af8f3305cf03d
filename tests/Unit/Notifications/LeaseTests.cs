using System.Collections.Concurrent;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>Whoever reads a cache of scoped values by lease gets a live value, and every value is disposed in the end.</summary>
public sealed class LeaseTests
{
    private readonly ConcurrentBag<Resource> _made = [];

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_is_made_once_and_then_found()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10);

        Assert.False(cache.TryGetLease(1, out Lease<Resource>? none));
        using Lease<Resource> made = cache.GetOrAddLease(1, Make);
        using Lease<Resource> found = cache.GetOrAddLease(1, Make);
        Assert.True(cache.TryGetLease(1, out Lease<Resource>? read));
        read.Dispose();

        Assert.Null(none);
        Assert.Same(made.Value, found.Value);
        Assert.Equal(1, made.Value.Number);
        Assert.Single(_made);
        await cache.DisposeAsync();
        Assert.False(made.Value.IsDisposed);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_is_refused_can_be_used_once()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.OfWeights(limit: 10, maxEntryWeight: 5);

        Lease<Resource> lease = cache.GetOrAddLease(6, Make);

        Assert.Equal(0, cache.Count);
        await cache.DisposeAsync();
        Assert.False(lease.Value.IsDisposed);
        lease.Dispose();
        Assert.Equal(1, Assert.Single(_made).Disposals);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_is_set_while_another_is_made_wins_and_the_other_is_disposed_after_its_use()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10);
        var winner = new Resource();

        Lease<Resource> lease = cache.GetOrAddLease(1, key =>
        {
            cache.Set(1, new Scoped<Resource>(winner));
            return Make(key);
        });

        Assert.Same(Assert.Single(_made), lease.Value);
        Assert.True(cache.TryGetLease(1, out Lease<Resource>? other));
        Assert.Same(winner, other.Value);
        other.Dispose();
        await cache.DisposeAsync();
        Assert.Equal(0, lease.Value.Disposals);
        lease.Dispose();
        Assert.Equal(1, Assert.Single(_made).Disposals);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_a_factory_throws_passes_through_and_leaves_nothing()
    {
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10);

        Assert.Throws<TimeoutException>(() => cache.GetOrAddLease(1, _ => throw new TimeoutException()));

        Assert.Equal(0, cache.Count);
        await cache.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrAddLease(1, Make));
        Assert.Empty(_made);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_got_into_two_caches_and_was_disposed_by_one_is_made_anew_by_the_other()
    {
        Cache<int, Scoped<Resource>> other = ScopedCache.Of(10);
        Scoped<Resource>? shared = null;
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10, options => options.Expiry = new ScriptedExpiry<int, Scoped<Resource>>
        {
            OnCreate = (_, value) =>
            {
                // After the check that it is in no cache, and before it is in this one.
                if (value == shared)
                {
                    other.Set(1, value);
                }

                return Timeout.InfiniteTimeSpan;
            },
        });
        shared = new Scoped<Resource>(new Resource(1));
        cache.Set(1, shared);
        await other.DisposeAsync();

        Assert.False(cache.TryGetLease(1, out Lease<Resource>? none));
        using Lease<Resource> lease = cache.GetOrAddLease(1, Make);

        Assert.Null(none);
        Assert.Same(Assert.Single(_made), lease.Value);
        Assert.Equal(0, lease.Value.Disposals);
        await cache.DisposeAsync();
    }

    [Fact]
    public void Null_is_no_argument()
    {
        using Cache<int, Scoped<Resource>> cache = ScopedCache.Of(10);

        Assert.Throws<ArgumentNullException>(() => cache.GetOrAddLease(1, null!));
        Assert.Throws<ArgumentNullException>(() => ScopedCacheExtensions.GetOrAddLease<int, Resource>(null!, 1, Make));
        Assert.Throws<ArgumentNullException>(() => ScopedCacheExtensions.TryGetLease<int, Resource>(null!, 1, out _));
    }

    [Theory(Timeout = 2 * Wait.Watchdog)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Every_lease_has_a_live_value_and_every_value_is_disposed_once(int shards)
    {
        await Wait.LeaveRunner();
        Cache<int, Scoped<Resource>> cache = ScopedCache.Of(20, options => options.ShardCount = shards);
        Crew.Run(4, thread =>
        {
            var random = new Random(20_260_101 + thread);
            for (int step = 0; step < 20_000; step++)
            {
                Step(cache, random);
            }
        });

        cache.AssertConsistent();
        await cache.DisposeAsync();

        Assert.All(_made, resource => Assert.Equal(1, resource.Disposals));
        Assert.Equal(0, cache.ListenerFailures);
    }

    private void Step(Cache<int, Scoped<Resource>> cache, Random random)
    {
        int key = random.Next(30);
        switch (random.Next(100))
        {
            case < 60:
                using (Lease<Resource> lease = cache.GetOrAddLease(key, Make))
                {
                    AssertLive(lease, key);
                }

                break;
            case < 80:
                if (cache.TryGetLease(key, out Lease<Resource>? found))
                {
                    AssertLive(found, key);
                    found.Dispose();
                }

                break;
            case < 85:
                cache.TryRemove(key);
                break;
            case < 90:
                cache.Set(key, new Scoped<Resource>(Make(key)));
                break;
            case < 94:
                cache.TryAdd(key, new Scoped<Resource>(Make(key)));
                break;
            case < 98:
                cache.AddOrUpdate(key, new Scoped<Resource>(Make(key)), (_, _) => new Scoped<Resource>(Make(key)));
                break;
            case < 99:
                cache.Trim(1);
                break;
            default:
                cache.Clear();
                break;
        }
    }

    private static void AssertLive(Lease<Resource> lease, int key)
    {
        Resource resource = lease.Value;
        Assert.Equal((key, false), (resource.Number, resource.IsDisposed));
        Thread.Yield();
        Assert.False(resource.IsDisposed);
    }

    private Resource Make(int key)
    {
        var resource = new Resource(key);
        _made.Add(resource);
        return resource;
    }
}
