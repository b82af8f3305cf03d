using FastCache.Journaling;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>A value that was written down before is put back if nothing has been heard of its key since, and there is room.</summary>
public sealed class RestoreTests
{
    public static TheoryData<JournalShape> Shapes => [.. Enum.GetValues<JournalShape>()];

    /// <summary>What has happened to key 1, after which an older value of it does not count.</summary>
    public static TheoryData<string, JournalShape> Touches
        => [.. from name in TouchesByName.Keys from shape in Enum.GetValues<JournalShape>() select (name, shape)];

    private static Dictionary<string, Action<JournaledCache>> TouchesByName { get; } = new()
    {
        ["present"] = static run => run.Cache.Set(1, "a"),
        ["set and removed"] = static run =>
        {
            run.Cache.Set(1, "a");
            run.Cache.TryRemove(1);
        },
        ["set and evicted"] = JournalCase.Evicted,
        ["set and expired"] = static run =>
        {
            JournalCase.Expired(run);
            run.Cache.TrimExpired();
        },
        ["removed while absent"] = static run => run.Cache.TryRemove(1),
        ["removed as a pair while absent"] = static run => run.Cache.TryRemove(new KeyValuePair<int, string>(1, "a")),
        ["updated while absent"] = static run => run.Cache.TryUpdate(1, "a"),
        ["compared while absent"] = static run => run.Cache.TryUpdate(1, "a", "b"),
        ["refused"] = static run => run.Cache.Set(1, "a", JournaledCache.AtOnce),
        ["loaded"] = static run => run.Cache.GetOrAdd(1, static _ => "a"),
        ["loaded and evicted"] = static run =>
        {
            run.Cache.GetOrAdd(1, static _ => "a");
            run.Cache.Trim(1);
        },
        ["loaded and refused"] = static run => run.Cache.GetOrAdd(1, static _ => "a", JournaledCache.AtOnce),
        ["cleared"] = static run => run.Cache.Clear(),
        ["restored and removed"] = static run =>
        {
            run.Restore(1);
            run.Cache.TryRemove(1);
        },
        ["restored and cleared"] = static run =>
        {
            run.Restore(1);
            run.Cache.Clear();
        },
        ["restored before"] = static run => run.Restore(1, "older"),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_nothing_has_been_heard_of_is_put_back(JournalShape shape)
    {
        using var run = new JournaledCache(shape);

        Assert.Equal(RestoreOutcome.Restored, run.Restore(1));
        run.Cache.Set(2, "other");

        Assert.Equal("old", run.Held(1));
        Assert.Equal(2, run.Cache.Count);
        Assert.Equal("old", run.Cache.GetOrAdd(1, static _ => "loaded"));
        Assert.Equal(["put 2 = other"], run.Journal.Lines);
        Assert.True(run.Cache.TryUpdate(1, "new", "old"));
        Assert.True(run.Cache.TryRemove(1));
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Touches))]
    public void What_something_has_been_heard_of_is_out_of_date(string touch, JournalShape shape)
    {
        using var run = new JournaledCache(shape);
        TouchesByName[touch](run);
        string? held = run.Held(1);
        long count = run.Cache.Count;

        Assert.Equal(RestoreOutcome.Outdated, run.Restore(1));

        Assert.Equal(held, run.Held(1));
        Assert.NotEqual("old", held);
        Assert.Equal(count, run.Cache.Count);
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_was_only_looked_at_or_could_not_be_loaded_is_put_back(JournalShape shape)
    {
        using var run = new JournaledCache(shape);
        run.Cache.TryGet(1, out _);
        run.Cache.Touch(1);
        run.Cache.TrySetExpiry(1, ExpiringCache.For(TimeSpan.FromHours(1)));
        Assert.Throws<InvalidDataException>(() => run.Cache.GetOrAdd(1, static _ => throw new InvalidDataException()));

        Assert.Equal(RestoreOutcome.Restored, run.Restore(1));
        run.AssertSound();
    }

    [Fact]
    public void What_has_the_hash_of_another_key_is_taken_for_it()
    {
        using var run = new JournaledCache(JournalShape.Colliding);
        run.Cache.Set(2, "other");

        Assert.Equal(RestoreOutcome.Outdated, run.Restore(1));

        Assert.Equal(KeyValuePair.Create(2, "other"), Assert.Single(run.Cache));
        run.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_being_loaded_is_out_of_date(JournalShape shape)
    {
        using var run = new JournaledCache(shape);

        Assert.Equal("loaded", run.Cache.GetOrAdd(1, _ =>
        {
            Assert.Equal(RestoreOutcome.Outdated, run.Restore(1));
            return "loaded";
        }));

        Assert.Equal("loaded", run.Held(1));
        run.AssertSound();
    }

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void What_finds_a_full_cache_pushes_nothing_out(EvictionPolicy policy)
    {
        using var run = new JournaledCache(configure: options => options.Eviction = policy, capacity: 100);
        Assert.All(Enumerable.Range(0, 100), key => Assert.Equal(RestoreOutcome.Restored, run.Restore(key)));

        Assert.All(Enumerable.Range(100, 100), key => Assert.Equal(RestoreOutcome.NoRoom, run.Restore(key)));

        Assert.Equal(Enumerable.Range(0, 100), run.Cache.Select(static entry => entry.Key).Order());
        Assert.Equal(default, Happened.In(run.Cache));
        Assert.True(run.Cache.Set(200, "new"));
        Assert.Equal(100, run.Cache.Count);
        run.AssertSound();
    }

    [Fact]
    public void What_weighs_more_than_there_is_room_for_pushes_nothing_out()
    {
        using var run = new JournaledCache(JournalShape.Weighed, static options => options.WeightLimit = 150);
        run.Cache.Set(2, new string('a', 100));

        Assert.Equal(RestoreOutcome.NoRoom, run.Restore(1, new string('a', 51)));
        Assert.Equal(RestoreOutcome.NoRoom, run.Restore(1, JournaledCache.TooHeavy));
        Assert.Equal(RestoreOutcome.Restored, run.Restore(1, new string('a', 50)));
        Assert.Equal(RestoreOutcome.Restored, run.Restore(3, ""));

        Assert.Equal((3, 150), (run.Cache.Count, run.Cache.Weight));
        Assert.Equal(default, Happened.In(run.Cache));
        run.AssertSound();
    }

    [Fact]
    public void What_weighs_more_than_an_entry_may_is_not_put_back_where_there_is_room()
    {
        using var run = new JournaledCache(JournalShape.Weighed);

        Assert.Equal(RestoreOutcome.NoRoom, run.Restore(1, JournaledCache.TooHeavy));

        Assert.Equal(0, run.Cache.Count);
        run.AssertSound();
    }

    [Fact]
    public void A_cache_that_was_disposed_is_closed()
    {
        using var run = new JournaledCache();
        run.Cache.Dispose();

        Assert.Equal(RestoreOutcome.Closed, run.Restore(1));

        Assert.Equal(0, run.Cache.Count);
        run.AssertSound();
    }

    [Fact]
    public void What_the_weigher_throws_passes_through()
    {
        using var run = new JournaledCache(
            JournalShape.Weighed,
            static options => options.Weigher = static (key, _) => key == 1 ? throw new InvalidDataException() : 1);

        Assert.Throws<InvalidDataException>(() => run.Restore(1));

        Assert.Equal(RestoreOutcome.Restored, run.Restore(2));
        Assert.Equal(1, run.Cache.Count);
        run.AssertSound();
        CacheProbe.AssertWorks(run.Cache);
    }

    [Fact]
    public void The_table_grows_for_what_is_put_back()
    {
        using var run = new JournaledCache(capacity: 100_000);

        Assert.All(Enumerable.Range(0, 50_000), key => Assert.Equal(RestoreOutcome.Restored, run.Restore(key)));

        Assert.Equal(50_000, run.Cache.Count);
        Assert.Equal(default, Happened.In(run.Cache));
        run.AssertSound();
    }
}
