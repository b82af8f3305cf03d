using FastCache.Eviction;
using FastCache.Sharding;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What a journal can learn of where entries stand.</summary>
public sealed class StandingsTests
{
    private static readonly SlotQueue[] FromHotToCold = [SlotQueue.None, SlotQueue.Protected, SlotQueue.Probation, SlotQueue.Window];

    public static TheoryData<JournalShape, EvictionPolicy> Kinds
        => [.. from shape in Enum.GetValues<JournalShape>() from policy in Enum.GetValues<EvictionPolicy>() select (shape, policy)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_entry_is_there_once_as_it_is_explained_the_hottest_first(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy, capacity: 300);
        var random = new Random(20260101);
        for (int i = 0; i < 4000; i++)
        {
            run.Cache.GetOrAdd((int)(1000 * Math.Pow(random.NextDouble(), 3)), static key => new string('a', key % 5));
        }

        List<RankedKey<int>> standings = run.Cache.CollectStandings();

        Assert.Equal(run.Cache.Select(static entry => entry.Key).Order(), standings.Select(static ranked => ranked.Key).Order());
        Assert.All(standings, ranked =>
        {
            EntryExplanation place = run.Cache.Explain(ranked.Key)!;
            Assert.Equal((int)place.Segment, (int)ranked.Standing.Queue);
            Assert.Equal((place.IsReferenced, place.Frequency ?? 0), (ranked.Standing.IsReferenced, ranked.Standing.Frequency));
            Assert.Equal(place.EntriesAhead / (place.EntriesAhead + place.Age + 1.0), ranked.Place);
        });
        Assert.Equal(
            standings.Select(Heat).OrderByDescending(static heat => heat),
            standings.Select(Heat));

        static (int Queue, double Place) Heat(RankedKey<int> ranked) => (-Array.IndexOf(FromHotToCold, ranked.Standing.Queue), ranked.Place);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_has_expired_stands_nowhere(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(
            shape, policy, capacity: 300, static options => options.Loading = new LoadOptions { FailSafeMaxDuration = TimeSpan.FromDays(1) });
        run.Cache.Set(1, "a", ExpiringCache.For(TimeSpan.FromMinutes(1)));
        run.Cache.Set(2, "b");
        run.Time.AdvanceAtOnce(TimeSpan.FromMinutes(2));

        Assert.Equal(2, run.Cache.Count);
        Assert.Equal([2], run.Cache.CollectStandings().Select(static ranked => ranked.Key));
    }

    [Fact]
    public void Of_a_large_cache_everything_is_found()
    {
        using var run = new JournaledCache(configure: static options => options.InitialCapacity = options.Capacity, capacity: 50_000);
        run.Cache.SetMany(Enumerable.Range(0, 40_000).Select(static key => KeyValuePair.Create(key, "a")));

        List<RankedKey<int>> standings = run.Cache.CollectStandings();

        Assert.Equal(Enumerable.Range(0, 40_000), standings.Select(static ranked => ranked.Key).Order());
        Assert.InRange(standings.Min(static ranked => ranked.Standing.Frequency), 1, 15);
    }

    [Theory]
    [InlineData(JournalShape.Plain)]
    [InlineData(JournalShape.FourShards)]
    [InlineData(JournalShape.Weighed)]
    public void A_window_is_as_large_as_it_was(JournalShape shape)
    {
        using JournaledCache run = Create(shape, EvictionPolicy.Frecency, capacity: 4000);
        Assert.Equal(0.01, run.Cache.WindowShare!.Value, tolerance: 1e-6);

        run.Cache.SetWindowShare(0.3);

        Assert.Equal(0.3, run.Cache.WindowShare!.Value, tolerance: 1e-6);
        run.AssertSound();
    }

    [Theory]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void Where_there_is_no_window_none_is_told(EvictionPolicy policy)
    {
        using JournaledCache run = Create(JournalShape.Plain, policy, capacity: 100);

        run.Cache.SetWindowShare(0.3);

        Assert.Null(run.Cache.WindowShare);
    }

    [Fact]
    public async Task A_cache_says_that_it_was_disposed()
    {
        using var run = new JournaledCache();
        using var other = new JournaledCache();
        Assert.False(run.Cache.IsClosed || other.Cache.IsClosed);

        run.Cache.Dispose();
        await other.Cache.DisposeAsync();

        Assert.True(run.Cache.IsClosed && other.Cache.IsClosed);
        Assert.Empty(run.Cache.CollectStandings());
    }

    private static JournaledCache Create(
        JournalShape shape, EvictionPolicy policy, int capacity, Action<CacheOptions<int, string>>? configure = null)
        => new(
            shape,
            options =>
            {
                options.Eviction = policy;
                configure?.Invoke(options);
                if (options.Weigher is not null)
                {
                    options.WeightLimit = 3 * capacity;
                }
            },
            capacity);
}
