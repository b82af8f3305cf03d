using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Where the journal has an entry is known for as long as the entry is there, wherever in the table it is.</summary>
public sealed class PositionTests
{
    private const int Many = 20_000;

    public static TheoryData<JournalShape, EvictionPolicy> Kinds
        => [.. from shape in Enum.GetValues<JournalShape>()
            where shape != JournalShape.Colliding
            from policy in Enum.GetValues<EvictionPolicy>()
            select (shape, policy)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Positions_survive_growth_removals_and_shrinking(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy, Many);
        for (int size = 100; size <= Many / 2; size *= 10)
        {
            Fill(run, size);
            Positions.AssertNewest(run);
        }

        run.Cache.RemoveMany(Enumerable.Range(0, Many).Where(static key => key % 100 != 0));
        Positions.AssertNewest(run);

        for (int shard = 0; shard < run.Cache.ShardCount; shard++)
        {
            ShardAccess.Maintain(run.Cache, shard);
        }

        Assert.InRange(TableAccess.SlotsOf(run.Cache), 1, Many / 8);
        Positions.AssertNewest(run);
        Fill(run, 300);
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_evicted_is_nowhere(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy, capacity: 400);

        Fill(run, 1500);

        Assert.NotEqual(0, run.Cache.Statistics.Evictions);
        Positions.AssertNewest(run);
        run.Cache.Trim(100);
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_has_expired_is_nowhere(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy, Many);
        Fill(run, 500);
        for (int key = 0; key < 500; key += 3)
        {
            run.Cache.Set(key, "b", ExpiringCache.For(TimeSpan.FromMinutes(1 + (key % 5))));
        }

        run.Time.Advance(TimeSpan.FromMinutes(3));
        run.Cache.TrimExpired();

        Assert.InRange(run.Cache.Count, 350, 450);
        Positions.AssertNewest(run);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_cleared_is_nowhere(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy, Many);
        Fill(run, 500);

        run.Cache.Clear();
        Assert.Empty(Positions.KnownTo(run));
        Fill(run, 200);
        Positions.AssertNewest(run);
        run.Cache.Dispose();
        Assert.Empty(Positions.KnownTo(run));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_not_written_down_is_nowhere(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache run = Create(shape, policy, Many);
        run.Cache.Set(1, "a");
        Assert.Equal([1UL], Positions.KnownTo(run));

        // As far as the journal goes, everything is about to be cleared.
        run.Journal.BeginClear(out long generation).Complete();
        run.Cache.Set(1, "b");
        run.Cache.Set(2, "b");
        Assert.Empty(Positions.KnownTo(run));

        ClearAll(run, generation);
        run.Cache.Set(3, "c");
        Positions.AssertNewest(run);
        Assert.Equal([3UL], Positions.KnownTo(run));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Positions_come_in_order_and_within_the_range_that_was_asked_for(int shards)
    {
        using var run = new JournaledCache(configure: options => options.ShardCount = shards, capacity: 3 * Many);
        int[] keys = [.. Enumerable.Range(0, 2 * Many)];
        new Random(20260101).Shuffle(keys);
        run.Cache.SetMany(keys.Select(static key => KeyValuePair.Create(key, "a")));

        Assert.Equal(Enumerable.Range(1, 2 * Many).Select(static position => (ulong)position), run.Cache.CollectPositions(1, ulong.MaxValue));
        Assert.Equal(Enumerable.Range(5000, 5001).Select(static position => (ulong)position), run.Cache.CollectPositions(5000, 10_000));
        Assert.Equal([(ulong)(2 * Many)], run.Cache.CollectPositions(2 * Many, 2 * Many));
        Assert.Empty(run.Cache.CollectPositions((2 * Many) + 1, ulong.MaxValue));
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_has_no_positions_in_it()
    {
        using var run = new JournaledCache();
        Fill(run, 10);

        Assert.Empty(run.Cache.CollectPositions(6, 5));
    }

    private static JournaledCache Create(JournalShape shape, EvictionPolicy policy, int capacity)
        => new(
            shape,
            options =>
            {
                options.Eviction = policy;
                if (options.Weigher is not null)
                {
                    options.WeightLimit = capacity;
                }
            },
            capacity);

    private static void Fill(JournaledCache run, int keys)
        => run.Cache.SetMany(Enumerable.Range(0, keys).Select(static key => KeyValuePair.Create(key, "a")));

    private static void ClearAll(JournaledCache run, long generation)
    {
        for (int shard = 0; shard < run.Cache.ShardCount; shard++)
        {
            ShardAccess.ShardOf(run.Cache, shard).Clear(generation);
        }
    }
}
