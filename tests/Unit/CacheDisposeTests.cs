using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheDisposeTests
{
    [Fact]
    public void A_disposed_cache_is_empty_and_reads_miss()
    {
        Cache<int, string> cache = Disposed();

        Assert.Equal(0, cache.Count);
        Assert.Empty(cache);
        Assert.False(cache.TryGet(1, out _));
        Assert.False(cache.TryPeek(1, out _));
        Assert.False(cache.ContainsKey(1));
        Assert.Empty(cache.GetMany([1, 2]));
        cache.AssertConsistent();
    }

    [Fact]
    public void Operations_that_add_nothing_work_on_a_disposed_cache()
    {
        Cache<int, string> cache = Disposed();

        Assert.False(cache.TryUpdate(1, "uno"));
        Assert.False(cache.TryUpdate(1, "uno", "one"));
        Assert.False(cache.TryRemove(1));
        Assert.False(cache.TryRemove(KeyValuePair.Create(1, "one")));
        Assert.Equal(0, cache.RemoveMany([1, 2]));
        Assert.Equal(0, cache.SetMany([]));
        cache.Clear();
        cache.AssertConsistent();
    }

    [Fact]
    public void Operations_that_would_add_throw()
    {
        Cache<int, string> cache = Disposed();

        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, "one"));
        Assert.Throws<ObjectDisposedException>(() => cache.TryAdd(1, "one"));
        Assert.Throws<ObjectDisposedException>(() => cache.AddOrUpdate(1, "one", (_, _) => "uno"));
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrAdd(1, _ => "one"));
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrAdd(1, (_, state) => state, "one"));
        Assert.Throws<ObjectDisposedException>(() => cache.SetMany([new(1, "one")]));
        cache.AssertConsistent();
    }

    [Fact]
    public async Task Disposing_twice_in_whatever_way_is_fine()
    {
        Cache<int, string> cache = Disposed();

        cache.Dispose();
        await cache.DisposeAsync();
        await cache.DisposeAsync();
        cache.Dispose();

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Disposing_asynchronously_empties_the_cache_too()
    {
        Cache<int, string> cache = Filled();

        await cache.DisposeAsync();

        Assert.Equal(0, cache.Count);
        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, "one"));
        cache.AssertConsistent();
    }

    [Fact]
    public async Task Disposing_asynchronously_waits_for_maintenance_that_was_asked_for()
    {
        Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100_000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 50_000).Select(i => KeyValuePair.Create(i, i)));
        cache.RemoveMany(Enumerable.Range(0, 49_000));
        cache.Clear();

        await cache.DisposeAsync();

        Assert.Equal(0, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void Threads_in_the_middle_of_their_work_see_nothing_but_the_disposal()
    {
        for (int round = 0; round < 20; round++)
        {
            Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2000, shards: round % 2 == 0 ? 1 : 4);
            using var warm = new CountdownEvent(3);
            Crew.Run(4, thread =>
            {
                if (thread == 0)
                {
                    warm.Wait(TestContext.Current.CancellationToken);
                    cache.Dispose();
                    return;
                }

                UseUntilDisposed(cache, thread, warm);
            });

            Assert.Equal(0, cache.Count);
            Assert.Empty(cache);
            cache.AssertConsistent();
        }
    }

    private static void UseUntilDisposed(Cache<int, int> cache, int thread, CountdownEvent warm)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                if (i == 2000)
                {
                    warm.Signal();
                }

                int key = (i * thread) % 3000;
                if (cache.TryGet(key, out int value))
                {
                    Assert.Equal(key, value);
                }

                cache.TryUpdate(key + 1, key + 1);
                cache.TryRemove(key + 2);
                Assert.True(cache.Set(key, key));
                Assert.Equal(key + 3, cache.GetOrAdd(key + 3, made => made));
                Assert.InRange(cache.Count, 0, cache.Capacity);
                if (i % 500 == 0)
                {
                    cache.Clear();
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // The one exception that is allowed.
        }
    }

    private static Cache<int, string> Filled()
    {
        Cache<int, string> cache = TestCache.Of<int, string>(capacity: 1000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 500).Select(i => KeyValuePair.Create(i, $"{i}")));
        return cache;
    }

    private static Cache<int, string> Disposed()
    {
        Cache<int, string> cache = Filled();
        cache.Dispose();
        return cache;
    }
}
