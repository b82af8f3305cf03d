using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Unit.Tagging.TaggedCache;

namespace FastCache.Tests.Unit.Tagging;

/// <summary>What was written with a tag is absent for everybody once the tag was removed, and nothing else is.</summary>
public sealed class RemoveByTagTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> Kinds => TaggedCache.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Entries_with_the_tag_are_absent_in_every_way_and_the_others_stay(string kind)
    {
        using Cache<int, string> cache = Of(kind, _time);
        for (int key = 0; key < 100; key++)
        {
            Assert.True(cache.Set(key, $"value {key}", key % 2 == 0 ? Tagged("even", $"{key}") : default));
        }

        cache.AssertConsistent();
        Assert.All(Enumerable.Range(0, 100), key => Assert.True(cache.ContainsKey(key)));
        cache.RemoveByTag("even");

        Assert.Equal(Enumerable.Range(0, 50).Select(static index => (2 * index) + 1), cache.Select(static entry => entry.Key).Order());
        Assert.Equal(50, cache.Hottest(100).Count);
        Assert.False(cache.TryGet(0, out _));
        Assert.False(cache.TryPeek(2, out _));
        Assert.False(cache.ContainsKey(4));
        Assert.False(cache.Touch(6));
        Assert.Null(cache.TimeToLive(8));
        Assert.Null(cache.Explain(10));
        Assert.Empty(cache.GetMany([12]));
        Assert.False(cache.TryRemove(14, out _));
        Assert.False(cache.TryRemove(KeyValuePair.Create(16, "value 16")));
        Assert.False(cache.TryUpdate(18, "new"));
        Assert.False(cache.TryUpdate(20, "new", "value 20"));
        Assert.False(cache.TrySetExpiry(22, ExpiringCache.For(Hour)));
        Assert.True(cache.TryAdd(24, "new"));
        Assert.Equal("new", cache.GetOrAdd(26, static _ => "new"));
        Assert.Equal("new", cache.AddOrUpdate(28, "new", static (_, _) => "updated"));
        Assert.True(cache.Set(30, "new"));
        for (int key = 1; key < 100; key += 2)
        {
            Assert.True(cache.TryGet(key, out string? value) && value == $"value {key}");
        }

        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_after_it_stays(string kind)
    {
        using Cache<int, string> cache = Of(kind, _time);
        cache.Set(1, "old", Tagged("a"));
        cache.RemoveByTag("a");
        cache.Set(1, "new", Tagged("a"));
        cache.Set(2, "new", Tagged("a", "b"));

        cache.RemoveByTag("c");

        Assert.True(cache.TryGet(1, out string? value) && value == "new");
        Assert.True(cache.ContainsKey(2));
        cache.RemoveByTag("b");
        Assert.True(cache.ContainsKey(1));
        Assert.False(cache.ContainsKey(2));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_write_sets_the_tags_anew(string kind)
    {
        using Cache<int, string> cache = Of(kind, _time);
        for (int key = 1; key <= 8; key++)
        {
            cache.Set(key, "old", Tagged("a"));
        }

        cache.Set(1, "new");
        cache.Set(2, "new", Tagged("b"));
        cache.TryUpdate(3, "new");
        cache.AddOrUpdate(4, "new", static (_, _) => "new");
        cache.TryUpdate(5, "new", "old");
        cache.SetMany([KeyValuePair.Create(6, "new")]);
        cache.Set(7, "new", ExpiringCache.For(Hour));
        cache.RemoveByTag("a");

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], cache.Select(static entry => entry.Key).Order());
        cache.RemoveByTag("b");
        Assert.False(cache.ContainsKey(2));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_entry_gets_tags_by_being_updated(string kind)
    {
        using Cache<int, string> cache = Of(kind, _time);
        cache.Set(1, "old");
        cache.Set(2, "old");
        cache.Set(1, "new", Tagged("a"));
        Assert.True(cache.TryGet(1, out _));

        cache.RemoveByTag("a");

        Assert.False(cache.TryGet(1, out _));
        Assert.True(cache.TryGet(2, out _));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Moving_an_expiry_leaves_the_tags_alone_unless_it_brings_some(string kind)
    {
        using Cache<int, string> cache = Of(kind, _time);
        cache.Set(1, "one", Tagged("a"));
        cache.Set(2, "two", Tagged("a"));
        cache.Set(3, "three");
        Assert.True(cache.TrySetExpiry(1, ExpiringCache.For(Hour)));
        Assert.True(cache.TrySetExpiry(2, Tagged("b")));
        Assert.True(cache.TrySetExpiry(3, Tagged("a") with { ExpireAfterWrite = Hour }));

        cache.RemoveByTag("a");

        Assert.Equal([2], cache.Select(static entry => entry.Key));
        cache.RemoveByTag("b");
        Assert.False(cache.ContainsKey(2));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Tags_grow_with_the_table(string kind)
    {
        using Cache<int, string> cache = Of(kind, _time, capacity: 20_000);
        for (int key = 0; key < 5000; key++)
        {
            cache.Set(key, $"value {key}", Tagged($"{key % 3}"));
        }

        cache.RemoveByTags("0", "1");

        Assert.All(Enumerable.Range(0, 5000), key => Assert.Equal(key % 3 == 2, cache.ContainsKey(key)));
        cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Kinds))]
    public async Task The_places_are_reclaimed_though_nobody_asks(string kind)
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = Of(kind, _time, capacity: 20_000);
        for (int key = 0; key < 10_000; key++)
        {
            cache.Set(key, "value", key % 2 == 0 ? Tagged("even") : Tagged("odd"));
        }

        cache.RemoveByTag("even");
        cache.RemoveByTag("odd");

        Wait.Until(() => cache.Count == 0);
        Assert.Equal(0, cache.Weight);
        Assert.Equal(0, cache.Statistics.Expirations + cache.Statistics.Evictions);
        cache.AssertConsistent();
    }

    [Fact]
    public void Many_tags_of_one_entry_and_one_that_occurs_twice()
    {
        using Cache<int, string> cache = Of("plain", _time);
        string[] tags = [.. Enumerable.Range(0, 100).Select(static tag => $"{tag}"), "0", "99"];
        for (int key = 0; key < 100; key++)
        {
            cache.Set(key, "value", Tagged(tags));
            cache.RemoveByTag(tags[key]);
            Assert.False(cache.ContainsKey(key));
        }
    }

    [Fact]
    public void Tags_end_an_entry_before_its_time_and_its_time_ends_it_before_its_tags()
    {
        using Cache<int, string> cache = Of("plain", _time);
        cache.Set(1, "one", Tagged("a") with { ExpireAfterWrite = Hour });
        cache.Set(2, "two", Tagged("a") with { ExpireAfterAccess = Hour });
        cache.Set(3, "three", Tagged("b") with { ExpireAfterWrite = Hour });
        _time.Advance(0.9 * Hour);
        Assert.True(cache.TryGet(2, out _));
        cache.RemoveByTag("b");
        Assert.False(cache.ContainsKey(3));

        _time.Advance(0.2 * Hour);

        Assert.False(cache.ContainsKey(1));
        Assert.True(cache.TryGet(2, out _));
        cache.RemoveByTag("a");
        Assert.False(cache.TryGet(2, out _));
        cache.AssertConsistent();
    }

    [Fact]
    public void A_read_that_moves_the_expiry_leaves_the_tags_alone()
    {
        using Cache<int, string> cache = Of("computed at reads", _time);
        cache.Set(1, "one", Tagged("a"));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(cache.TryGet(1, out _));
        Assert.Equal(TimeSpan.FromMinutes(1), cache.TimeToLive(1));

        cache.RemoveByTag("a");

        Assert.False(cache.TryGet(1, out _));
    }

    [Fact]
    public void An_entry_without_a_time_to_live_keeps_no_clock_running()
    {
        using Cache<int, string> cache = Of("plain", _time);

        cache.Set(1, "one", Tagged("a"));
        cache.TryGet(1, out _);

        Assert.Equal(0, _time.ActiveTimers);
        Assert.Equal(0, cache.TimerBytes);
        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(1));
    }

    [Fact]
    public void Null_and_empty_tags_are_refused_and_nothing_is_removed()
    {
        using Cache<int, string> cache = Of("plain", _time);
        cache.Set(1, "one", Tagged("a"));

        Assert.Throws<ArgumentNullException>("tag", () => cache.RemoveByTag(null!));
        Assert.Throws<ArgumentException>("tag", () => cache.RemoveByTag(""));
        Assert.Throws<ArgumentException>("tag", () => cache.RemoveByTags("a", ""));
        Assert.True(cache.ContainsKey(1));
        cache.RemoveByTags();
        Assert.True(cache.ContainsKey(1));
    }

    [Fact]
    public void Cleared_and_disposed_caches_take_it()
    {
        Cache<int, string> cache = Of("plain", _time);
        cache.Set(1, "one", Tagged("a"));
        cache.Clear();
        cache.RemoveByTag("a");
        cache.AssertConsistent();
        cache.Set(1, "one", Tagged("a"));
        Assert.True(cache.ContainsKey(1));

        cache.Dispose();

        cache.RemoveByTag("a");
        Assert.False(cache.ContainsKey(1));
        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, "one", Tagged("a")));
    }
}
