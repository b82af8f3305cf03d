using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Limits;

/// <summary>The capacity can be changed: what is too much goes in the background, and what may be more is used.</summary>
public sealed class CapacityChangeTests
{
    public static TheoryData<EvictionPolicy, int> Shapes
        => new MatrixTheoryData<EvictionPolicy, int>(Enum.GetValues<EvictionPolicy>(), [1, 4]);

    public static TheoryData<EvictionPolicy, int, int, int> Lowerings
        => new MatrixTheoryData<EvictionPolicy, int, int, int>(Enum.GetValues<EvictionPolicy>(), [1, 4], [100_000], [100, 10_000]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Lowerings))]
    public Task A_lowered_capacity_is_kept_without_any_traffic(EvictionPolicy policy, int shards, int before, int after)
        => Task.Run(
            () =>
            {
                // Tables that have room for far more than is left are made smaller meanwhile, too.
                using Cache<int, int> cache = Filled(policy, shards, before);
                long evictions = cache.Statistics.Evictions;
                long count = cache.Count;

                cache.Capacity = after;
                Wait.Until(() => cache.Count <= after);

                Assert.Equal((after, after, after), (cache.Capacity, cache.WeightLimit, cache.Count));
                Assert.Equal(count - after, cache.Statistics.Evictions - evictions);
                AssertHolds(cache, after);
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task A_raised_capacity_is_used(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Filled(policy, shards, 100);
                cache.Capacity = 5000;
                Fill(cache, 6000);

                Assert.Equal(5000, cache.Capacity);
                AssertHolds(cache, 5000);
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task A_capacity_may_go_far_down_and_up_again(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Filled(policy, shards, 5000);
                foreach (int capacity in new[] { 5, 3000, shards, 300, 10_000, 299, 301 })
                {
                    cache.Capacity = capacity;
                    Wait.Until(() => cache.Count <= capacity);
                    cache.AssertConsistent();
                    Fill(cache, 2 * capacity);
                    AssertHolds(cache, capacity);
                }
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task A_capacity_of_one_entry_a_shard_works(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Filled(policy, shards, 2000);

                cache.Capacity = shards;
                Wait.Until(() => cache.Count <= shards);
                for (int key = 0; key < 500; key++)
                {
                    Assert.True(cache.Set(key, -key));
                    Assert.True(cache.TryGet(key, out int value));
                    Assert.Equal(-key, value);
                    Assert.InRange(cache.Count, 1, shards);
                }

                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void No_write_raises_the_count_of_a_shard_that_is_above_its_capacity(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Filled(policy, shards: 1, 20_000);
        long count = cache.Count;

        cache.Capacity = 100;
        for (int key = 100_000; cache.Count > 100; key++)
        {
            Assert.True(cache.Set(key, key));
            Assert.True(cache.ContainsKey(key));
            Assert.InRange(cache.Count, 0, count);
            count = cache.Count;
        }

        Fill(cache, 500);
        AssertHolds(cache, 100);
    }

    [Fact]
    public void A_capacity_below_the_number_of_shards_is_refused()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100, shards: 4);
        foreach (int capacity in new[] { 3, 0, -1, int.MinValue })
        {
            ArgumentOutOfRangeException exception
                = Assert.Throws<ArgumentOutOfRangeException>("Capacity", () => cache.Capacity = capacity);
            Assert.Equal(capacity, exception.ActualValue);
        }

        Assert.Equal(100, cache.Capacity);
        cache.Capacity = 4;
        Assert.Equal(4, cache.Capacity);
    }

    [Theory]
    [InlineData(1, TableSize.MaxEntries)]
    [InlineData(1, int.MaxValue)]
    [InlineData(16, int.MaxValue)]
    public void A_capacity_of_more_than_the_shards_can_hold_is_refused(int shards, int capacity)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100, shards: shards);

        Assert.Throws<ArgumentOutOfRangeException>("Capacity", () => cache.Capacity = capacity);

        Assert.Equal(100, cache.Capacity);
    }

    [Fact]
    public void A_cache_without_a_weigher_has_no_weight_limit_to_set()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100);

        Assert.Throws<InvalidOperationException>(() => cache.WeightLimit = 50);

        Assert.Equal((100, 100), (cache.Capacity, cache.WeightLimit));
    }

    [Fact]
    public void Any_capacity_can_be_set_and_set_after_the_end()
    {
        Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10);
        cache.Capacity = TableSize.MaxEntries - 1;
        Fill(cache, 2000);
        Assert.Equal((TableSize.MaxEntries - 1, 2000), (cache.Capacity, cache.Count));
        cache.AssertConsistent();

        cache.Dispose();
        cache.Capacity = 1;

        Assert.Equal(0, cache.Count);
        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, 1));
        cache.AssertConsistent();
    }

    private static Cache<int, int> Filled(EvictionPolicy policy, int shards, int capacity)
    {
        // More than the capacity, so that every shard is full.
        Cache<int, int> cache = TestCache.Of<int, int>(capacity, policy, shards);
        Fill(cache, 2 * capacity);
        return cache;
    }

    private static void Fill(Cache<int, int> cache, int entries)
    {
        for (int key = 0; key < entries; key++)
        {
            cache.Set(key, key);
        }
    }

    /// <summary>A cache that has been offered enough is full, but for what is unevenly spread over the shards.</summary>
    private static void AssertHolds(Cache<int, int> cache, int capacity)
    {
        cache.AssertConsistent();
        Assert.InRange(cache.Count, (int)(0.98 * capacity), capacity);
        Assert.Equal(cache.Count, cache.Select(entry => entry.Key).Distinct().Count());
        Assert.All(cache, entry => Assert.Equal(entry.Key, entry.Value));
    }
}
