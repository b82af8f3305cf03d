using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Gate: the count is never above the capacity, at no instant, and a cache that was offered enough is full.</summary>
public sealed class CacheCapacityTests
{
    private const int Writers = 4;
    private const int KeysPerWriter = 60_000;

    [Theory]
    [InlineData(EvictionPolicy.Frecency, 1, 100)]
    [InlineData(EvictionPolicy.Frecency, 8, 20_000)]
    [InlineData(EvictionPolicy.Lru, 8, 5000)]
    [InlineData(EvictionPolicy.Fifo, 2, 5000)]
    public void A_storm_of_insertions_never_passes_the_capacity_and_fills_it(EvictionPolicy policy, int shards, int capacity)
    {
        using Cache<long, string> cache = TestCache.Of<long, string>(capacity, policy, shards);
        int writing = Writers;
        int largest = 0;

        Crew.Run(Writers + 1, thread =>
        {
            if (thread == Writers)
            {
                while (Volatile.Read(ref writing) > 0)
                {
                    largest = Math.Max(largest, (int)cache.Count);
                }

                return;
            }

            for (long i = 0; i < KeysPerWriter; i++)
            {
                cache.Set((i * Writers) + thread, "value");
            }

            Interlocked.Decrement(ref writing);
        });

        Assert.InRange(largest, 1, capacity);
        Assert.InRange(cache.Count, (int)(0.995 * capacity), capacity);
        Assert.Equal(cache.Count, cache.Select(entry => entry.Key).Distinct().Count());
        cache.AssertConsistent();
    }

    [Fact]
    public void Writers_that_all_add_the_same_keys_add_each_once()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10_000, shards: 4);
        int added = 0;

        Crew.Run(Writers, thread =>
        {
            for (int key = 0; key < 2000; key++)
            {
                if (cache.TryAdd(key, thread))
                {
                    Interlocked.Increment(ref added);
                }

                int winner = cache.GetOrAdd(key, _ => thread);
                Assert.True(cache.TryPeek(key, out int value));
                Assert.Equal(winner, value);
            }
        });

        Assert.Equal(2000, added);
        Assert.Equal(2000, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void Writers_that_all_add_the_same_colliding_keys_add_each_once()
    {
        const int Keys = 60;
        for (int round = 0; round < 30; round++)
        {
            using Cache<int, int> cache = TestCache.Of<int, int>(100, comparer: ScriptedComparer<int>.AllCollide());
            int added = 0;

            Crew.Run(Writers, thread =>
            {
                for (int key = 0; key < Keys; key++)
                {
                    if (key % 2 == 0 ? cache.TryAdd(key, key) : cache.GetOrAdd(key, _ => Fresh(thread)) == Fresh(thread))
                    {
                        Interlocked.Increment(ref added);
                    }
                }
            });

            Assert.Equal(Keys, added);
            Assert.Equal(Enumerable.Range(0, Keys), cache.Select(entry => entry.Key).Order());
            cache.AssertConsistent();
        }

        static int Fresh(int thread) => -1 - thread;
    }

    [Fact]
    public void Increments_by_compare_and_swap_lose_nothing()
    {
        const int Increments = 50_000;
        using Cache<int, long> inPlace = TestCache.Of<int, long>(capacity: 1000);
        using Cache<int, (long Count, long Square, string Text)> boxed = TestCache.Of<int, (long, long, string)>(capacity: 1000);
        boxed.Set(0, (0, 0, ""));
        int others = 0;

        Crew.Run(Writers, thread =>
        {
            for (int i = 0; i < Increments; i++)
            {
                inPlace.AddOrUpdate(0, 1, static (_, old) => old + 1);
                while (true)
                {
                    Assert.True(boxed.TryGet(0, out (long Count, long Square, string Text) old));
                    Assert.Equal(old.Count * old.Count, old.Square);
                    if (boxed.TryUpdate(0, (old.Count + 1, (old.Count + 1) * (old.Count + 1), ""), old))
                    {
                        break;
                    }
                }

                // The tables grow meanwhile.
                if (i % 200 == 0)
                {
                    int key = Interlocked.Increment(ref others);
                    inPlace.Set(1 + (key % 900), key);
                    boxed.Set(1 + (key % 900), (key, 0, ""));
                }
            }
        });

        Assert.True(boxed.TryGet(0, out (long Count, long Square, string Text) total));
        Assert.True(inPlace.TryGet(0, out long sum));
        Assert.Equal(Writers * Increments, total.Count);
        Assert.Equal(Writers * Increments, sum);
        inPlace.AssertConsistent();
        boxed.AssertConsistent();
    }
}
