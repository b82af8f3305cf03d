using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Limits;

/// <summary>A number of entries can be given up on demand.</summary>
public sealed class TrimTests
{
    public static TheoryData<EvictionPolicy, int> Shapes
        => new MatrixTheoryData<EvictionPolicy, int>(Enum.GetValues<EvictionPolicy>(), [1, 4]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void As_many_entries_go_as_are_asked_for(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = Filled(policy, shards);
        int left = 900;
        foreach (int count in new[] { 0, 1, 3, 4, 130, 500 })
        {
            Assert.Equal(count, cache.Trim(count));
            left -= count;
            Assert.Equal((left, 900 - left), (cache.Count, cache.Statistics.Evictions));
            cache.AssertConsistent();
        }

        Assert.All(cache, entry => Assert.Equal(-entry.Key, entry.Value));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_more_go_than_there_are(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = Filled(policy, shards);

        Assert.Equal(900, cache.Trim(int.MaxValue));
        Assert.Equal(0, cache.Trim(1));
        Assert.Empty(cache);
        cache.AssertConsistent();

        Assert.True(cache.Set(1, 1));
        Assert.Equal(1, cache.Trim(1));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shards_that_have_more_give_up_more(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 1000, policy, shards);
        cache.SetMany([new(1, -1), new(2, -2), new(3, -3), new(4, -4), new(5, -5)]);

        Assert.Equal(4, cache.Trim(4));
        Assert.Equal(1, cache.Count);
        Assert.Equal(1, cache.Trim(4));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pinned_entries_stay(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 10_000, policy, shards);
        cache.SetMany(Enumerable.Range(0, 300).Select(key => KeyValuePair.Create(key, key % 3)));

        Assert.Equal(200, cache.Trim(250));

        Assert.Equal((100, 0), (cache.Count, cache.Weight));
        Assert.All(cache, entry => Assert.Equal(0, entry.Value));
        cache.AssertConsistent();
    }

    [Fact]
    public void First_in_goes_first()
    {
        using Cache<int, int> cache = Filled(EvictionPolicy.Fifo, shards: 1);
        cache.TryGet(0, out _);

        cache.Trim(10);

        Assert.Equal(Enumerable.Range(10, 890), cache.Select(entry => entry.Key).Order());
    }

    [Fact]
    public void Least_recently_used_goes_first()
    {
        using Cache<int, int> cache = Filled(EvictionPolicy.Lru, shards: 1);
        for (int key = 0; key < 10; key += 2)
        {
            cache.TryGet(key, out _);
        }

        cache.Trim(10);

        Assert.Equal([0, 2, 4, 6, 8, .. Enumerable.Range(15, 885)], cache.Select(entry => entry.Key).Order());
    }

    [Fact]
    public void A_negative_number_is_refused()
    {
        using Cache<int, int> cache = Filled(EvictionPolicy.Lru, shards: 1);

        Assert.Throws<ArgumentOutOfRangeException>("count", () => cache.Trim(-1));

        Assert.Equal(900, cache.Count);
    }

    [Fact]
    public void After_the_end_there_is_nothing_to_give_up()
    {
        Cache<int, int> cache = Filled(EvictionPolicy.Lru, shards: 4);
        cache.Dispose();

        Assert.Equal(0, cache.Trim(10));
        cache.AssertConsistent();
    }

    /// <summary>900 entries with room for more in every shard.</summary>
    private static Cache<int, int> Filled(EvictionPolicy policy, int shards)
    {
        Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2000, policy, shards);
        cache.SetMany(Enumerable.Range(0, 900).Select(key => KeyValuePair.Create(key, -key)));
        return cache;
    }
}
