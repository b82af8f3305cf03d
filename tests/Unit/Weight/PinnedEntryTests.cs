using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>An entry of weight zero is never evicted to make room.</summary>
public sealed class PinnedEntryTests
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_pinned_entry_outlives_any_number_of_others(EvictionPolicy policy)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, policy);
        for (int key = 0; key < 50; key++)
        {
            Assert.True(cache.Set(key, 0));
        }

        for (int key = 100; key < 5000; key++)
        {
            cache.Set(key, 1 + (key % 7));
            cache.TryGet(key, out _);
        }

        Assert.All(Enumerable.Range(0, 50), key => Assert.True(cache.ContainsKey(key)));
        Assert.InRange(cache.Weight, 1, 100);
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Pinned_entries_alone_may_be_many_more_than_were_expected(EvictionPolicy policy)
    {
        const int Pinned = 20_000;
        using Cache<int, int> cache = WeightedCache.Of<int, int>(
            limit: 10, static (_, weight) => weight, policy, expectedEntries: 4);
        for (int key = 0; key < Pinned; key++)
        {
            Assert.True(cache.Set(key, 0));
        }

        Assert.Equal((Pinned, 0), (cache.Count, cache.Weight));
        Assert.True(cache.Set(Pinned, 10));
        Assert.Equal(0, cache.Trim(0));
        Assert.Equal(1, cache.Trim(Pinned));
        Assert.Equal(Pinned, cache.Count);
        cache.AssertConsistent();
        Assert.Equal(Pinned, cache.RemoveMany(Enumerable.Range(0, Pinned)));
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void An_entry_of_the_whole_limit_fits_where_only_pinned_ones_are_left(EvictionPolicy policy)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 10, policy);
        cache.SetMany(Enumerable.Range(0, 30).Select(key => KeyValuePair.Create(key, 0)));

        Assert.True(cache.Set(100, 10));
        Assert.True(cache.Set(100, 3));
        Assert.True(cache.Set(100, 10));
        Assert.Equal((31, 10), (cache.Count, cache.Weight));
        Assert.True(cache.TryRemove(100));

        Assert.Equal((30, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }

    [Fact]
    public void A_pinned_entry_can_be_removed_and_cleared()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 10);
        cache.SetMany([new(1, 0), new(2, 0), new(3, 0)]);

        Assert.True(cache.TryRemove(1, out int value));
        Assert.Equal(0, value);
        Assert.True(cache.TryRemove(KeyValuePair.Create(2, 0)));
        cache.AssertConsistent();
        cache.Clear();

        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }

    [Fact]
    public void A_pinned_entry_expires()
    {
        var time = new ManualTimeProvider();
        using var cache = new Cache<int, int>(new CacheOptions<int, int>
        {
            WeightLimit = 10,
            Weigher = static (_, weight) => weight,
            ExpireAfterWrite = TimeSpan.FromMinutes(1),
            TimeProvider = time,
        });
        cache.SetMany([new(1, 0), new(2, 3)]);

        time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(cache.ContainsKey(1));
        cache.TrimExpired();
        Assert.Equal((0, 0, 2), (cache.Count, cache.Weight, cache.Statistics.Expirations));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void An_entry_is_pinned_and_let_go_by_its_updates(EvictionPolicy policy)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 1000, policy);
        cache.SetMany(Enumerable.Range(0, 10).Select(key => KeyValuePair.Create(key, 5)));
        cache.AssertConsistent();
        for (int round = 0; round < 50; round++)
        {
            // More often than a slot has generations.
            Assert.True(cache.Set(3, 0));
            Assert.Equal((EvictionSegment.Pinned, 45), (cache.Explain(3)!.Segment, cache.Weight));
            cache.AssertConsistent();
            Assert.True(cache.TryUpdate(3, 5));
            Assert.Equal(50, cache.Weight);
            Assert.NotEqual(EvictionSegment.Pinned, cache.Explain(3)!.Segment);
            cache.AssertConsistent();
        }

        cache.Set(4, 0);
        Assert.Equal(9, cache.Trim(100));
        Assert.Equal(KeyValuePair.Create(4, 0), Assert.Single(cache));
        cache.Set(4, 1);
        Assert.Equal(1, cache.Trim(100));
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }
}
