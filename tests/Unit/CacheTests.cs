using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheTests
{
    [Fact]
    public void A_new_cache_is_empty_and_knows_its_capacity()
    {
        using var cache = new Cache<int, string>(10);

        Assert.Equal(10, cache.Capacity);
        Assert.Equal(0, cache.Count);
        Assert.Empty(cache);
    }

    [Fact]
    public void The_count_follows_additions_and_removals()
    {
        using var cache = new Cache<int, string>(10);

        cache.Set(1, "one");
        cache.Set(2, "two");
        cache.Set(2, "deux");
        Assert.Equal(2, cache.Count);

        cache.TryRemove(1);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void The_count_stops_at_the_capacity()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100);

        for (int i = 1; i <= 1000; i++)
        {
            cache.Set(i, i);
            Assert.Equal(Math.Min(i, 100), cache.Count);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void The_capacity_is_divided_over_the_shards_without_loss(int shards)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 1001, shards: shards);

        for (int i = 0; i < 20_000; i++)
        {
            cache.Set(i, i);
        }

        Assert.Equal(shards, cache.ShardCount);
        Assert.Equal(1001, cache.Count);
    }

    [Fact]
    public void A_cleared_cache_is_empty_and_can_be_filled_again()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 5000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 4000).Select(i => KeyValuePair.Create(i, i)));

        cache.Clear();

        Assert.Equal(0, cache.Count);
        Assert.Empty(cache);
        Assert.False(cache.TryGet(17, out _));
        cache.AssertConsistent();

        cache.SetMany(Enumerable.Range(0, 4000).Select(i => KeyValuePair.Create(i, -i)));
        Assert.Equal(4000, cache.Count);
        Assert.True(cache.TryGet(17, out int value));
        Assert.Equal(-17, value);
        cache.AssertConsistent();
    }

    [Fact]
    public void Clearing_an_empty_cache_does_nothing()
    {
        using var cache = new Cache<int, string>(3);

        cache.Clear();
        cache.Clear();

        Assert.Equal(0, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void A_cache_with_initial_capacity_behaves_as_one_that_grew()
    {
        using Cache<int, int> small = TestCache.Of<int, int>(capacity: 3000, initialCapacity: 0);
        using Cache<int, int> large = TestCache.Of<int, int>(capacity: 3000, initialCapacity: 3000);

        foreach (Cache<int, int> cache in new[] { small, large })
        {
            for (int i = 0; i < 3000; i++)
            {
                Assert.True(cache.TryAdd(i, i));
            }

            cache.AssertConsistent();
        }

        Assert.Equal(3000, small.Count);
        Assert.Equal(3000, large.Count);
        Assert.True(TableAccess.SlotsOf(small) <= TableAccess.SlotsOf(large));
    }

    [Fact]
    public void Caches_with_the_same_seed_make_the_same_choices()
    {
        int[] Survivors()
        {
            using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100);
            for (int i = 0; i < 5000; i++)
            {
                cache.Set(i * i % 701, i);
                cache.TryGet(i % 37, out _);
            }

            return [.. cache.Select(entry => entry.Key).Order()];
        }

        Assert.Equal(Survivors(), Survivors());
    }
}
