using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>What the policies are for, on loads where they must differ. The hash seed is fixed, so every run is the same.</summary>
public sealed class EvictionPolicyTests
{
    private const int Capacity = 1000;
    private const int Hot = 500;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_hot_set_survives_a_scan_under_frecency_and_not_under_lru(int shards)
    {
        int frecency = SurvivorsOfAScan(EvictionPolicy.Frecency, shards);
        int lru = SurvivorsOfAScan(EvictionPolicy.Lru, shards);

        Assert.InRange(frecency, Hot * 9 / 10, Hot);
        Assert.InRange(lru, 0, Hot / 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_loop_larger_than_the_cache_hits_under_frecency_and_not_under_lru(int shards)
    {
        Assert.InRange(HitShareOfALoop(EvictionPolicy.Frecency, shards), 0.3, 1);
        Assert.InRange(HitShareOfALoop(EvictionPolicy.Lru, shards), 0, 0.05);
        Assert.InRange(HitShareOfALoop(EvictionPolicy.Fifo, shards), 0, 0.05);
    }

    [Fact]
    public void First_in_first_out_keeps_exactly_the_last_entries()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(100, EvictionPolicy.Fifo);
        for (int i = 0; i < 1000; i++)
        {
            cache.Set(i, i);
            cache.TryGet(i / 2, out _);
        }

        Assert.Equal(Enumerable.Range(900, 100), cache.Select(entry => entry.Key).Order());
    }

    [Fact]
    public void Lru_keeps_what_is_read_between_additions()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(100, EvictionPolicy.Lru);
        cache.Set(-1, -1);
        for (int i = 0; i < 10_000; i++)
        {
            cache.Set(i, i);
            Assert.True(cache.TryGet(-1, out _));
        }
    }

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    public void A_hot_set_is_kept_against_a_stream_of_others(EvictionPolicy policy)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(Capacity, policy);
        int hits = 0;
        int reads = 0;
        for (int i = 0; i < 100_000; i++)
        {
            // The hot set is asked for twice as often as others come by.
            int key = i % 3 == 0 ? Hot + i : i * 7 % Hot;
            bool found = cache.TryGet(key, out _);
            if (!found)
            {
                cache.Set(key, key);
            }

            reads += key < Hot ? 1 : 0;
            hits += key < Hot && found ? 1 : 0;
        }

        Assert.InRange(hits / (double)reads, 0.95, 1);
    }

    private static int SurvivorsOfAScan(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(Capacity, policy, shards);
        for (int round = 0; round < 20; round++)
        {
            for (int key = 0; key < Hot; key++)
            {
                cache.GetOrAdd(key, static key => key);
            }
        }

        for (int key = Hot; key < Hot + (20 * Capacity); key++)
        {
            cache.GetOrAdd(key, static key => key);
        }

        return Enumerable.Range(0, Hot).Count(cache.ContainsKey);
    }

    private static double HitShareOfALoop(EvictionPolicy policy, int shards)
    {
        const int Rounds = 50;
        const int Length = Capacity * 3 / 2;
        using Cache<int, int> cache = TestCache.Of<int, int>(Capacity, policy, shards);
        int hits = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int key = 0; key < Length; key++)
            {
                if (!cache.TryGet(key, out _))
                {
                    cache.Set(key, key);
                }
                else
                {
                    hits++;
                }
            }
        }

        return hits / (double)(Rounds * Length);
    }
}
