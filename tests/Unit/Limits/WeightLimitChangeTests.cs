using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Limits;

/// <summary>The weight limit can be changed: what is too much goes in the background, and what may be more is used.</summary>
public sealed class WeightLimitChangeTests
{
    public static TheoryData<EvictionPolicy, int> Shapes
        => new MatrixTheoryData<EvictionPolicy, int>(Enum.GetValues<EvictionPolicy>(), [1, 4]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task A_lowered_limit_is_kept_without_any_traffic(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Filled(policy, shards, 100_000);

                cache.WeightLimit = 1000;
                Wait.Until(() => cache.Weight <= 1000);

                Assert.Equal((1000, int.MaxValue), (cache.WeightLimit, cache.Capacity));
                AssertHolds(cache, 1000, shards);
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task A_limit_may_go_far_down_and_up_again(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Filled(policy, shards, 5000);
                foreach (int limit in new[] { 5, 3000, shards, 300, 20_000, 299, 301 })
                {
                    cache.WeightLimit = limit;
                    Wait.Until(() => cache.Weight <= limit);
                    cache.AssertConsistent();
                    Fill(cache, limit);
                    AssertHolds(cache, limit, shards);
                }
            },
            TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void No_write_raises_the_weight_of_a_shard_that_is_above_its_limit(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Filled(policy, shards: 1, 50_000);
        var random = new Random(1);
        long weight = cache.Weight;

        cache.WeightLimit = 200;
        while (cache.Weight > 200)
        {
            int key = random.Next(50_000);
            switch (random.Next(4))
            {
                case 0:
                    cache.Set(key, random.Next(0, 60));
                    break;
                case 1:
                    cache.TryUpdate(key, random.Next(0, 60));
                    break;
                case 2:
                    cache.Set(-key, random.Next(1, 60));
                    break;
                default:
                    cache.AddOrUpdate(key, 3, static (_, old) => old + 1);
                    break;
            }

            Assert.InRange(cache.Weight, 0, weight);
            weight = cache.Weight;
        }

        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public Task An_entry_heavier_than_the_new_limit_goes_and_is_refused_from_then_on()
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100);
                cache.SetMany([new(1, 60), new(2, 0)]);

                cache.WeightLimit = 50;
                Wait.Until(() => cache.Weight <= 50);

                Assert.Equal(KeyValuePair.Create(2, 0), Assert.Single(cache));
                Assert.False(cache.Set(1, 51));
                Assert.False(cache.Set(2, 51));
                Assert.Equal((0, 2), (cache.Count, cache.Statistics.RefusedAsTooHeavy));
                Assert.True(cache.Set(1, 50));
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void After_the_limit_was_raised_an_entry_may_weigh_what_a_shard_has_room_for_now(int shards)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, shards: shards);
        cache.WeightLimit = 1000;

        Assert.True(cache.Set(1, 1000 / shards));
        Assert.False(cache.Set(1, (1000 / shards) + 1));
        Assert.Equal(1, cache.Statistics.RefusedAsTooHeavy);
        cache.AssertConsistent();
    }

    [Fact]
    public void The_most_that_an_entry_may_weigh_does_not_follow_the_limit()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, maxEntryWeight: 20);
        cache.WeightLimit = 1000;

        Assert.True(cache.Set(1, 20));
        Assert.False(cache.Set(1, 21));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public Task Pinned_entries_stay_whatever_the_limit()
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = WeightedCache.OfWeights(limit: 1000, shards: 4);
                cache.SetMany(Enumerable.Range(0, 500).Select(key => KeyValuePair.Create(key, key % 2)));

                cache.WeightLimit = 4;
                Wait.Until(() => cache.Weight <= 4);

                Assert.Equal(250, cache.Count(entry => entry.Value == 0));
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Fact]
    public void A_limit_below_the_number_of_shards_is_refused()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, shards: 4);
        foreach (long limit in new[] { 3, 0, -1, long.MinValue })
        {
            Assert.Throws<ArgumentOutOfRangeException>("WeightLimit", () => cache.WeightLimit = limit);
        }

        Assert.Equal(100, cache.WeightLimit);
        cache.WeightLimit = 4;
        Assert.Equal(4, cache.WeightLimit);
    }

    [Fact]
    public void A_cache_with_a_weigher_has_no_capacity_to_set()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100);

        Assert.Throws<InvalidOperationException>(() => cache.Capacity = 50);

        Assert.Equal((int.MaxValue, 100), (cache.Capacity, cache.WeightLimit));
    }

    private static Cache<int, int> Filled(EvictionPolicy policy, int shards, int limit)
    {
        Cache<int, int> cache = WeightedCache.OfWeights(limit, policy, shards);
        Fill(cache, limit);
        return cache;
    }

    private static void Fill(Cache<int, int> cache, int limit)
    {
        for (int key = 0; key < limit; key++)
        {
            cache.Set(key, 1 + (key % 3));
        }
    }

    private static void AssertHolds(Cache<int, int> cache, int limit, int shards)
    {
        cache.AssertConsistent();
        Assert.InRange(cache.Weight, (int)(0.95 * limit) - (3 * shards), limit);
        Assert.Equal(WeightedCache.TotalOf<int, int>(cache, static (_, weight) => weight), cache.Weight);
    }
}
