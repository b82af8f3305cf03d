using FastCache.Eviction;
using FastCache.Journaling;
using FastCache.Sharding;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>A cache that is put back from a journal goes on as the one before it would have gone on.</summary>
public sealed class RearrangeTests
{
    private const int Capacity = 200;

    public static TheoryData<JournalShape, EvictionPolicy, int> Kinds
        => [.. from shape in (JournalShape[])[JournalShape.Plain, JournalShape.Weighed, JournalShape.Listened, JournalShape.Precise]
            from policy in Enum.GetValues<EvictionPolicy>()
            from seed in Enumerable.Range(1, 3)
            select (shape, policy, seed)];

    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_stands_as_it_stood(JournalShape shape, EvictionPolicy policy, int seed)
    {
        using JournaledCache old = Create(shape, policy);
        Use(old, new Random(seed), 5000);
        using JournaledCache run = Create(shape, policy);

        new PolicyImage(old).RestoreInto(run);

        Assert.InRange(old.Cache.Count, Capacity / 2, int.MaxValue);
        Assert.Equal(StandingsIn(old), StandingsIn(run));
        Assert.Equal(PinnedIn(old), PinnedIn(run));
        Assert.All(StandingsIn(old), ranked => Assert.Equal(PlaceOf(old, ranked.Key), PlaceOf(run, ranked.Key)));
        Assert.Equal(old.Cache.WindowShare ?? 0, run.Cache.WindowShare ?? 0, tolerance: 1e-12);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_asked_for_often_is_known_to_be(JournalShape shape, EvictionPolicy policy, int seed)
    {
        using JournaledCache old = Create(shape, policy);
        Use(old, new Random(seed), 5000);
        using JournaledCache run = Create(shape, policy);

        new PolicyImage(old).RestoreInto(run);

        // An entry that comes counts as asked for once; and now and then one shares its counters.
        int[] keys = [.. old.Cache.Select(static entry => entry.Key)];
        Assert.All(keys, key => Assert.True((run.Cache.Explain(key)!.Frequency ?? 0) >= (old.Cache.Explain(key)!.Frequency ?? 0)));
        Assert.InRange(keys.Count(key => run.Cache.Explain(key)!.Frequency > Math.Max(1, old.Cache.Explain(key)!.Frequency ?? 0)), 0, keys.Length / 50);
    }

    [Fact]
    public void What_is_asked_for_often_is_known_to_be_after_the_sketch_has_grown()
    {
        const int Many = 40_000;
        using JournaledCache old = Create(
            JournalShape.Plain, EvictionPolicy.Frecency, Many, static options => options.InitialCapacity = options.Capacity);
        for (int key = 0; key < Many; key++)
        {
            old.Restore(key, standing: new EntryStanding(SlotQueue.Window, IsReferenced: false, Frequency: key % 16));
        }

        using JournaledCache run = Create(JournalShape.Plain, EvictionPolicy.Frecency, Many);
        new PolicyImage(old).RestoreInto(run);

        List<RankedKey<int>> standings = run.Cache.CollectStandings();
        Assert.Equal(old.Cache.Count, standings.Count);
        Assert.Equal(0, standings.Count(static ranked => ranked.Standing.Frequency < ranked.Key % 16));
        run.AssertSound();
    }

    [Theory]
    [InlineData(JournalShape.Plain, EvictionPolicy.Lru)]
    [InlineData(JournalShape.Plain, EvictionPolicy.Fifo)]
    [InlineData(JournalShape.Weighed, EvictionPolicy.Lru)]
    [InlineData(JournalShape.Weighed, EvictionPolicy.Fifo)]
    public void Of_the_same_use_comes_the_same(JournalShape shape, EvictionPolicy policy)
    {
        using JournaledCache old = Create(shape, policy);
        Use(old, new Random(1), 5000);
        using JournaledCache run = Create(shape, policy);
        new PolicyImage(old).RestoreInto(run);

        for (int round = 0; round < 20; round++)
        {
            Use(old, new Random(round), 100);
            Use(run, new Random(round), 100);

            Assert.Equal(StandingsIn(old), StandingsIn(run));
            Assert.Equal(PinnedIn(old), PinnedIn(run));
        }

        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void What_has_come_since_stands_before_what_was_put_back_and_in_the_order_of_its_records(EvictionPolicy policy)
    {
        using JournaledCache old = Create(JournalShape.Plain, policy, capacity: 1000);
        Fill(old, 0, 100);
        using JournaledCache run = Create(JournalShape.Plain, policy, capacity: 1000);
        var image = new PolicyImage(old);
        image.PutBack(run);
        int[] newcomers = [.. Enumerable.Range(1000, 300)];
        new Random(20260101).Shuffle(newcomers);
        run.Cache.SetMany(newcomers.Select(static key => KeyValuePair.Create(key, "new")));

        run.Cache.Rearrange(image);

        AssertOrder(run, newcomers.Reverse().Concat(image.Keys));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void What_comes_meanwhile_stands_before_what_was_put_back(EvictionPolicy policy)
        => AssertNewcomersBefore(policy, newcomers: 50, capacity: 1000, static options => options.InitialCapacity = options.Capacity);

    [Theory]
    [MemberData(nameof(Policies))]
    public void If_the_table_grows_meanwhile_everything_stands_in_order_all_the_same(EvictionPolicy policy)
        => AssertNewcomersBefore(policy, newcomers: 2000, capacity: 10_000);

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_cache_that_is_disposed_meanwhile_is_left_alone(EvictionPolicy policy)
    {
        using JournaledCache old = Create(JournalShape.Plain, policy);
        Fill(old, 0, 100);
        using JournaledCache run = Create(JournalShape.Plain, policy);
        var image = new PolicyImage(old) { OnRank = run.Cache.Dispose };

        image.RestoreInto(run);

        Assert.Equal((true, 0), (run.Cache.IsClosed, run.Cache.Count));
        run.AssertSound();
    }

    /// <summary>Others write at the moment at which the cache has asked who is there, and moves them next.</summary>
    private static void AssertNewcomersBefore(
        EvictionPolicy policy, int newcomers, int capacity, Action<CacheOptions<int, string>>? configure = null)
    {
        using JournaledCache old = Create(JournalShape.Plain, policy, capacity, configure);
        Fill(old, 0, 100);
        using JournaledCache run = Create(JournalShape.Plain, policy, capacity, configure);
        var image = new PolicyImage(old);
        int slots = 0;
        image.OnRank = () =>
        {
            image.OnRank = null;
            slots = TableAccess.SlotsOf(run.Cache);
            Fill(run, 1000, newcomers);
            run.Cache.Set(image.Keys.Last(), "newer");
        };

        image.RestoreInto(run);

        Assert.Equal(configure is null, slots < TableAccess.SlotsOf(run.Cache));
        AssertOrder(run, Enumerable.Range(1000, newcomers).Reverse().Prepend(image.Keys.Last()).Concat(image.Keys).Distinct());
    }

    /// <summary>Asserts that each queue has keys in an order, the first nearest to its head.</summary>
    private static void AssertOrder(JournaledCache run, IEnumerable<int> expected)
    {
        ILookup<SlotQueue, int> standings = StandingsIn(run).ToLookup(static ranked => ranked.Standing.Queue, static ranked => ranked.Key);
        Assert.All(standings, queue => Assert.Equal(expected.Where(queue.ToHashSet().Contains), queue));
        Assert.Equal(run.Cache.Count, expected.Count());
        run.AssertSound();
    }

    private static JournaledCache Create(
        JournalShape shape, EvictionPolicy policy, int capacity = Capacity, Action<CacheOptions<int, string>>? configure = null)
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

    private static void Fill(JournaledCache run, int first, int count)
        => run.Cache.SetMany(Enumerable.Range(first, count).Select(static key => KeyValuePair.Create(key, "a")));

    /// <summary>Asks for a few keys often and for most of them rarely; writes some. One of seven weighs nothing.</summary>
    private static void Use(JournaledCache run, Random random, int times)
    {
        for (int time = 0; time < times; time++)
        {
            int key = (int)(5 * Capacity * Math.Pow(random.NextDouble(), 3));
            switch (random.Next(20))
            {
                case 0:
                    run.Cache.TryRemove(key);
                    break;
                case 1:
                case 2:
                    run.Cache.Set(key, new string('s', key % 7));
                    break;
                default:
                    run.Cache.GetOrAdd(key, static key => new string('l', key % 7));
                    break;
            }
        }
    }

    /// <summary>What is followed, the hottest first; how often it was asked for aside.</summary>
    private static List<RankedKey<int>> StandingsIn(JournaledCache run)
        => [.. run.Cache.CollectStandings()
            .Where(static ranked => ranked.Standing.Queue != SlotQueue.None)
            .Select(static ranked => ranked with { Standing = ranked.Standing with { Frequency = 0 } })];

    private static IEnumerable<int> PinnedIn(JournaledCache run)
        => run.Cache.CollectStandings()
            .Where(static ranked => ranked.Standing.Queue == SlotQueue.None)
            .Select(static ranked => ranked.Key)
            .Order();

    private static (EvictionSegment Segment, bool IsReferenced, int Ahead, int Age, int Weight) PlaceOf(JournaledCache run, int key)
    {
        EntryExplanation place = run.Cache.Explain(key)!;
        return (place.Segment, place.IsReferenced, place.EntriesAhead, place.Age, place.Weight);
    }
}
