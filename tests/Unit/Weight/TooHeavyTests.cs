using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>A value that is heavier than an entry may be is not kept, and an older one of its key is not either.</summary>
public sealed class TooHeavyTests
{
    public static TheoryData<string> Writes => WeighedWrites.Names;

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_value_that_is_too_heavy_is_not_kept_and_an_older_one_goes(string write)
    {
        int heaviest = WeighedWrites.New.Length - 1;
        using Cache<int, string> cache = WeightedCache.OfStrings(limit: 100, maxEntryWeight: heaviest);
        WeighedWrites.Fill(cache);

        WeighedWrites.Run(write, cache);

        IEnumerable<int> left = Enumerable.Range(0, 3).Where(key => key != WeighedWrites.KeyOf(write));
        Assert.Equal(left, cache.Select(entry => entry.Key).Order());
        Assert.Equal(cache.Sum(entry => entry.Value.Length), cache.Weight);
        Assert.Equal(new CacheStatistics { RefusedAsTooHeavy = 1 }, Happened.In(cache));
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_value_as_heavy_as_an_entry_may_be_is_kept(string write)
    {
        using Cache<int, string> cache = WeightedCache.OfStrings(limit: 100, maxEntryWeight: WeighedWrites.New.Length);
        WeighedWrites.Fill(cache);

        WeighedWrites.Run(write, cache);

        int written = WeighedWrites.KeyOf(write);
        Assert.Equal(WeighedWrites.New, cache.GetMany([written])[written]);
        Assert.Equal(default, Happened.In(cache));
        cache.AssertConsistent();
    }

    [Fact]
    public void Writes_say_that_a_value_was_too_heavy()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, maxEntryWeight: 10);
        cache.SetMany([new(1, 1), new(2, 2), new(3, 3), new(4, 4)]);

        Assert.False(cache.Set(1, 11));
        Assert.False(cache.Set(9, 11));
        Assert.False(cache.TryAdd(9, 11));
        Assert.False(cache.TryUpdate(2, 11));
        Assert.False(cache.TryUpdate(3, 11, 3));
        Assert.Equal(1, cache.SetMany([new(9, 11), new(4, 12), new(5, 10)]));

        Assert.Equal(KeyValuePair.Create(5, 10), Assert.Single(cache));
        Assert.Equal(10, cache.Weight);
        Assert.Equal(7, cache.Statistics.RefusedAsTooHeavy);
        cache.AssertConsistent();
    }

    [Fact]
    public void A_value_that_is_made_and_too_heavy_is_returned_and_not_kept()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, maxEntryWeight: 10);
        cache.Set(1, 1);

        Assert.Equal(11, cache.GetOrAdd(9, _ => 11));
        Assert.Equal(12, cache.GetOrAdd(9, (_, state) => state, 12));
        Assert.Equal(13, cache.AddOrUpdate(9, 13, (_, _) => 0));
        Assert.Equal(14, cache.AddOrUpdate(1, 0, (_, _) => 14));

        Assert.Empty(cache);
        Assert.Equal((0, 0, 4), (cache.Count, cache.Weight, cache.Statistics.RefusedAsTooHeavy));
        cache.AssertConsistent();
    }

    [Fact]
    public void A_heavy_value_that_is_there_already_stays_when_it_cannot_be_added_again()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, maxEntryWeight: 10);
        cache.Set(1, 1);

        Assert.False(cache.TryAdd(1, 1000));
        Assert.False(cache.TryUpdate(1, 1000, 2));
        Assert.False(cache.TryUpdate(9, 1000));

        Assert.Equal(KeyValuePair.Create(1, 1), Assert.Single(cache));
        Assert.Equal(default, Happened.In(cache));
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(4, 25)]
    public void By_default_an_entry_may_weigh_what_a_shard_has_room_for(int shards, int heaviest)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, shards: shards);

        Assert.False(cache.Set(1, heaviest + 1));
        Assert.Empty(cache);
        Assert.True(cache.Set(1, heaviest));
        Assert.True(cache.Set(1, heaviest));
        Assert.Equal((1, heaviest), (cache.Count, cache.Weight));
        Assert.False(cache.Set(1, int.MaxValue));
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }
}
