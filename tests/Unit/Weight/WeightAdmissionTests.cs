using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>
/// A newcomer too heavy for the window is kept if it is asked for more often than all that it would push out, together.
/// With a limit of 1000 the window begins with 10.
/// </summary>
public sealed class WeightAdmissionTests
{
    private const int Newcomer = 10_000;

    [Fact]
    public void Where_there_is_room_a_heavy_newcomer_is_let_in_at_once()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 1000, EvictionPolicy.Frecency);
        cache.SetMany(Enumerable.Range(0, 5).Select(key => KeyValuePair.Create(key, 100)));

        Assert.True(cache.Set(Newcomer, 500));

        Assert.Equal((6, 1000, default), (cache.Count, cache.Weight, Happened.In(cache)));
        Assert.Equal(EvictionSegment.Probation, cache.Explain(Newcomer)!.Segment);
        cache.AssertConsistent();
    }

    [Fact]
    public void One_asked_for_once_is_refused_and_nothing_is_evicted_for_it()
    {
        using Cache<int, int> cache = Full();

        Assert.False(cache.Set(Newcomer, 100));
        Assert.False(cache.TryAdd(Newcomer + 1, 100));
        Assert.Equal(100, cache.GetOrAdd(Newcomer + 2, _ => 100));
        Assert.Equal(101, cache.GetOrAdd(Newcomer + 3, (_, state) => state, 101));
        Assert.Equal(100, cache.AddOrUpdate(Newcomer + 4, 100, (_, _) => 0));
        Assert.Equal(0, cache.SetMany([new(Newcomer + 5, 200), new(Newcomer + 6, 1000)]));

        Assert.Equal(Enumerable.Range(0, 10), cache.Select(entry => entry.Key).Order());
        Assert.Equal(1000, cache.Weight);
        Assert.Equal(new CacheStatistics { RefusedByAdmission = 7 }, Happened.In(cache));
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(100, 2)]
    [InlineData(200, 3)]
    [InlineData(300, 4)]
    [InlineData(250, 4)]
    [InlineData(1000, 11)]
    public void One_is_let_in_when_it_is_asked_for_more_often_than_all_its_victims(int weight, int times)
    {
        // Each of the victims was asked for once.
        using Cache<int, int> cache = Full();
        for (int time = 1; time < times; time++)
        {
            Assert.False(cache.Set(Newcomer, weight));
            Assert.Equal(10, cache.Count);
        }

        Assert.True(cache.Set(Newcomer, weight));

        Assert.True(cache.ContainsKey(Newcomer));
        Assert.InRange(cache.Weight, weight, 1000);
        Assert.Equal((times - 1, 10 - (cache.Count - 1)), (cache.Statistics.RefusedByAdmission, cache.Statistics.Evictions));
        Assert.Equal((weight + 99) / 100, cache.Statistics.Evictions);
        cache.AssertConsistent();
    }

    [Fact]
    public void Victims_that_are_in_use_count_for_more()
    {
        using Cache<int, int> cache = Full();
        cache.GetMany(Enumerable.Range(0, 10));

        Assert.False(cache.Set(Newcomer, 100));
        Assert.False(cache.Set(Newcomer, 100));
        Assert.True(cache.Set(Newcomer, 100));
        cache.AssertConsistent();
    }

    [Fact]
    public void Victims_count_whatever_part_of_the_policy_holds_them()
    {
        using Cache<int, int> cache = Full();
        cache.GetMany(Enumerable.Range(0, 10));
        while (!cache.Set(Newcomer, 100))
        {
        }

        EvictionSegment[] segments = [.. cache.Select(entry => cache.Explain(entry.Key)!.Segment)];
        Assert.InRange(segments.Count(segment => segment == EvictionSegment.Protected), 5, 9);

        // Together they were asked for more often than can be counted.
        for (int time = 0; time < 30; time++)
        {
            Assert.False(cache.Set(Newcomer + 1, 1000));
        }

        Assert.Equal(10, cache.Count);
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public Task The_window_follows_a_limit_that_is_changed()
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Full();
                cache.WeightLimit = 10_000;
                cache.SetMany(Enumerable.Range(10, 90).Select(key => KeyValuePair.Create(key, 100)));
                Assert.Equal(10_000, cache.Weight);
                Assert.True(cache.Set(Newcomer, 60));

                cache.WeightLimit = 1000;
                Wait.Until(() => cache.Weight <= 1000);
                Assert.Equal(0, cache.Statistics.RefusedByAdmission);
                cache.SetMany(Enumerable.Range(0, 20).Select(key => KeyValuePair.Create(key, 10)));

                Assert.False(cache.Set(Newcomer + 1, 60));
                Assert.Equal(1, cache.Statistics.RefusedByAdmission);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Fact]
    public void One_that_is_refused_replaces_nothing_but_an_update_of_what_is_there_is_never_refused()
    {
        using Cache<int, int> cache = Full();

        Assert.True(cache.Set(3, 1000));

        Assert.Equal(KeyValuePair.Create(3, 1000), Assert.Single(cache));
        Assert.Equal(0, cache.Statistics.RefusedByAdmission);
        cache.AssertConsistent();
    }

    [Fact]
    public void One_that_fits_the_window_is_let_in()
    {
        using Cache<int, int> cache = Full();

        for (int key = Newcomer; key < Newcomer + 100; key++)
        {
            Assert.True(cache.Set(key, 1 + (key % 10)));
            Assert.True(cache.ContainsKey(key));
            Assert.InRange(cache.Weight, 0, 1000);
        }

        Assert.Equal(0, cache.Statistics.RefusedByAdmission);
        cache.AssertConsistent();
    }

    [Fact]
    public void Pinned_newcomers_and_pinned_victims_have_no_part_in_it()
    {
        using Cache<int, int> cache = Full();
        cache.SetMany(Enumerable.Range(100, 50).Select(key => KeyValuePair.Create(key, 0)));
        cache.GetMany(Enumerable.Range(100, 50));

        Assert.Equal((60, default), (cache.Count, Happened.In(cache)));
        Assert.False(cache.Set(Newcomer, 100));
        Assert.True(cache.Set(Newcomer, 100));
        Assert.Equal(60, cache.Count);
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void Other_policies_refuse_nobody(EvictionPolicy policy)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 1000, policy);
        for (int key = 0; key < 500; key++)
        {
            Assert.True(cache.Set(key, 1 + (key * 7 % 1000)));
            Assert.InRange(cache.Weight, 0, 1000);
        }

        Assert.Equal(0, cache.Statistics.RefusedByAdmission);
        cache.AssertConsistent();
    }

    /// <summary>Ten entries of weight 100, each asked for once.</summary>
    private static Cache<int, int> Full()
    {
        Cache<int, int> cache = WeightedCache.OfWeights(limit: 1000, EvictionPolicy.Frecency);
        cache.SetMany(Enumerable.Range(0, 10).Select(key => KeyValuePair.Create(key, 100)));
        Assert.Equal(1000, cache.Weight);
        return cache;
    }
}
