using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Limits;

/// <summary>The cache says of an entry why it is kept.</summary>
public sealed class ExplanationTests
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Of_an_absent_key_there_is_nothing_to_say(EvictionPolicy policy)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10, policy);
        cache.Set(1, 1);
        cache.Set(2, 2);
        cache.TryRemove(2);

        Assert.Null(cache.Explain(2));
        Assert.Null(cache.Explain(3));
        cache.Dispose();
        Assert.Null(cache.Explain(1));
    }

    [Fact]
    public void A_null_key_is_refused()
    {
        using Cache<string, int> cache = TestCache.Of<string, int>(capacity: 10);

        Assert.Throws<ArgumentNullException>("key", () => cache.Explain(null!));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Entries_ahead_and_age_say_where_an_entry_stands_in_its_queue(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Used(policy);

        EntryExplanation[] all = [.. cache.Select(entry => cache.Explain(entry.Key)!)];

        Assert.Equal(200, all.Length);
        foreach (IGrouping<EvictionSegment, EntryExplanation> segment in all.GroupBy(entry => entry.Segment))
        {
            int length = segment.Count();
            Assert.Equal(Enumerable.Range(0, length), segment.Select(entry => entry.EntriesAhead).Order());
            Assert.All(segment, entry => Assert.Equal(length - 1, entry.EntriesAhead + entry.Age));
        }
    }

    [Fact]
    public void Frecency_has_three_segments_and_counts()
    {
        using Cache<int, int> cache = Used(EvictionPolicy.Frecency);

        EntryExplanation[] all = [.. cache.Select(entry => cache.Explain(entry.Key)!)];

        Assert.Equal(
            [EvictionSegment.Window, EvictionSegment.Probation, EvictionSegment.Protected],
            all.Select(entry => entry.Segment).Distinct().Order());
        Assert.All(all, entry => Assert.InRange(entry.Frequency!.Value, 1, 15));
        Assert.True(cache.Explain(0)!.Frequency > cache.Explain(199)!.Frequency);
        Assert.NotEqual(EvictionSegment.Window, cache.Explain(0)!.Segment);
    }

    [Theory]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void Other_policies_have_one_segment_and_do_not_count(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Used(policy);

        Assert.All(cache, entry => Assert.Equal(EvictionSegment.Window, cache.Explain(entry.Key)!.Segment));
        Assert.All(cache, entry => Assert.Null(cache.Explain(entry.Key)!.Frequency));
    }

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    public void An_entry_is_referenced_once_it_was_read_or_updated(EvictionPolicy policy)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10, policy);
        cache.SetMany([new(1, 1), new(2, 2), new(3, 3)]);
        Assert.All(cache, entry => Assert.False(cache.Explain(entry.Key)!.IsReferenced));

        cache.TryGet(1, out _);
        cache.TryUpdate(2, 3);
        cache.TryPeek(3, out _);
        cache.Explain(3);

        Assert.Equal(
            [true, true, false], Enumerable.Range(1, 3).Select(key => cache.Explain(key)!.IsReferenced));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void To_be_explained_is_not_to_be_used(EvictionPolicy policy)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10, policy);
        cache.SetMany(Enumerable.Range(0, 10).Select(key => KeyValuePair.Create(key, key)));
        EntryExplanation first = cache.Explain(5)!;

        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(first, cache.Explain(5));
        }

        Assert.Equal(cache.Coldest(10).Select(entry => entry.Key), Enumerable.Range(0, 10).OrderBy(key => cache.Explain(key)!.Segment switch
        {
            EvictionSegment.Window => 0,
            EvictionSegment.Probation => 1,
            _ => 2,
        }).ThenBy(key => cache.Explain(key)!.EntriesAhead));
        cache.AssertConsistent();
    }

    [Fact]
    public void The_weight_and_the_time_left_are_told()
    {
        var time = new ManualTimeProvider();
        using var cache = new Cache<int, int>(new CacheOptions<int, int>
        {
            WeightLimit = 1000,
            Weigher = static (_, weight) => weight,
            TimeProvider = time,
        });
        cache.Set(1, 30);
        cache.Set(2, 20, new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(3) });
        cache.Set(3, 0);

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((30, Timeout.InfiniteTimeSpan), (cache.Explain(1)!.Weight, cache.Explain(1)!.TimeToLive));
        Assert.Equal((20, TimeSpan.FromMinutes(2)), (cache.Explain(2)!.Weight, cache.Explain(2)!.TimeToLive));
        Assert.Equal(cache.TimeToLive(2), cache.Explain(2)!.TimeToLive);
        Assert.Equal((EvictionSegment.Pinned, 0), (cache.Explain(3)!.Segment, cache.Explain(3)!.Weight));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(cache.Explain(2));
        cache.AssertConsistent();
    }

    /// <summary>200 entries, some of them used often.</summary>
    private static Cache<int, int> Used(EvictionPolicy policy)
    {
        Cache<int, int> cache = TestCache.Of<int, int>(capacity: 200, policy);
        for (int round = 0; round < 10; round++)
        {
            for (int key = 0; key < 20; key++)
            {
                cache.GetOrAdd(key, key => key);
            }

            for (int key = 0; key < 100; key++)
            {
                cache.GetOrAdd(1000 + (100 * round) + key, key => key);
            }
        }

        cache.GetOrAdd(199, key => key);
        return cache;
    }
}
