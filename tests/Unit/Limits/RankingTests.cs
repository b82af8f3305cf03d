using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Limits;

/// <summary>The entries can be listed by how much the policy wants to keep them.</summary>
public sealed class RankingTests
{
    public static TheoryData<EvictionPolicy, int> Shapes
        => new MatrixTheoryData<EvictionPolicy, int>(Enum.GetValues<EvictionPolicy>(), [1, 4]);

    [Theory]
    [InlineData(EvictionPolicy.Frecency, 1)]
    [InlineData(EvictionPolicy.Frecency, 4)]
    [InlineData(EvictionPolicy.Lru, 1)]
    [InlineData(EvictionPolicy.Lru, 4)]
    public void A_much_used_entry_is_the_hottest_and_not_among_the_coldest(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100, policy, shards);
        for (int key = 0; key < 500; key++)
        {
            cache.GetOrAdd(key, key => -key);
            cache.GetOrAdd(7, key => -key);
        }

        Assert.Equal(KeyValuePair.Create(7, -7), Assert.Single(cache.Hottest(1)));
        Assert.DoesNotContain(cache.Coldest((int)cache.Count - 1), entry => entry.Key == 7);
        Assert.Equal(7, cache.Coldest((int)cache.Count)[^1].Key);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_more_entries_are_listed_than_there_are_and_each_once(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100, policy, shards);
        for (int key = 0; key < 500; key++)
        {
            cache.Set(key, -key);
            cache.TryGet(key / 2, out _);
        }

        KeyValuePair<int, int>[] all = [.. cache.OrderBy(entry => entry.Key)];
        Assert.Equal(all, cache.Hottest(int.MaxValue).OrderBy(entry => entry.Key));
        Assert.Equal(all, cache.Coldest(int.MaxValue).OrderBy(entry => entry.Key));
        Assert.Equal(10, cache.Hottest(10).Count);
        Assert.Equal(10, cache.Coldest(10).Intersect(all).Count());
        Assert.Empty(cache.Hottest(0));
        Assert.Empty(cache.Coldest(0));
    }

    [Theory]
    [InlineData(EvictionPolicy.Fifo)]
    [InlineData(EvictionPolicy.Lru)]
    public void The_coldest_entry_is_the_next_to_be_evicted(EvictionPolicy policy)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100, policy);
        var random = new Random(5);
        for (int key = 0; key < 300; key++)
        {
            cache.Set(key, key);
            cache.TryGet(random.Next(key), out _);
        }

        int[] coldest = [.. cache.Coldest(100).Select(entry => entry.Key)];
        Assert.Equal(coldest.Reverse(), cache.Hottest(100).Select(entry => entry.Key));
        foreach (int expected in coldest)
        {
            Assert.Equal(expected, cache.Coldest(1)[0].Key);
            Assert.Equal(1, cache.Trim(1));
            Assert.False(cache.ContainsKey(expected), $"{expected} is the coldest and was spared");
        }
    }

    [Fact]
    public void First_in_is_coldest_whatever_is_read()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10, EvictionPolicy.Fifo);
        cache.SetMany(Enumerable.Range(0, 13).Select(key => KeyValuePair.Create(key, key)));
        cache.TryGet(3, out _);

        Assert.Equal(Enumerable.Range(3, 10), cache.Coldest(10).Select(entry => entry.Key));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pinned_entries_are_the_hottest(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 1000, policy, shards);
        cache.SetMany(Enumerable.Range(0, 50).Select(key => KeyValuePair.Create(key, key % 5)));
        cache.GetMany(Enumerable.Range(0, 50).Where(key => key % 5 != 0));

        Assert.All(cache.Hottest(10), entry => Assert.Equal(0, entry.Value));
        Assert.All(cache.Coldest(40), entry => Assert.NotEqual(0, entry.Value));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void To_be_listed_is_not_to_be_used(EvictionPolicy policy, int shards)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100, policy, shards);
        cache.SetMany(Enumerable.Range(0, 100).Select(key => KeyValuePair.Create(key, key)));
        EntryExplanation?[] before = [.. Enumerable.Range(0, 100).Select(cache.Explain)];

        cache.Hottest(100);
        cache.Coldest(100);

        Assert.Equal(before, Enumerable.Range(0, 100).Select(cache.Explain));
        cache.AssertConsistent();
    }

    [Fact]
    public void What_has_expired_is_not_listed()
    {
        var time = new ManualTimeProvider();
        using var cache = new Cache<int, int>(new CacheOptions<int, int> { Capacity = 10, TimeProvider = time });
        cache.Set(1, 1);
        cache.Set(2, 2, new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(1) });

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(KeyValuePair.Create(1, 1), Assert.Single(cache.Hottest(10)));
        Assert.Equal(KeyValuePair.Create(1, 1), Assert.Single(cache.Coldest(10)));
    }

    [Fact]
    public void A_negative_number_is_refused()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10);

        Assert.Throws<ArgumentOutOfRangeException>("count", () => cache.Hottest(-1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => cache.Coldest(-1));
    }
}
