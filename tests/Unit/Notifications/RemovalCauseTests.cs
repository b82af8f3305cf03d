using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>A listener is told why each value has left the cache.</summary>
public sealed class RemovalCauseTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly RemovalRecord<int, string> _record = new();
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_the_application_removes_is_explicit()
    {
        Cache<int, string> cache = _record.Watch(10);
        cache.SetMany([new(1, "a"), new(2, "b"), new(3, "c"), new(4, "d"), new(5, "e")]);

        Assert.True(cache.TryRemove(1));
        Assert.True(cache.TryRemove(2, out _));
        Assert.False(cache.TryRemove(KeyValuePair.Create(3, "x")));
        Assert.True(cache.TryRemove(KeyValuePair.Create(3, "c")));
        Assert.Equal(2, cache.RemoveMany([4, 5, 6]));
        Assert.False(cache.TryRemove(1));

        await AssertToldAsync(
            cache,
            (1, "a", RemovalCause.Explicit),
            (2, "b", RemovalCause.Explicit),
            (3, "c", RemovalCause.Explicit),
            (4, "d", RemovalCause.Explicit),
            (5, "e", RemovalCause.Explicit));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_another_value_was_written_for_is_replaced()
    {
        Cache<int, string> cache = _record.Watch(10);
        Assert.True(cache.Set(1, "a"));
        Assert.True(cache.Set(1, "b"));
        Assert.True(cache.TryUpdate(1, "c"));
        Assert.True(cache.TryUpdate(1, "d", "c"));
        Assert.False(cache.TryUpdate(1, "x", "c"));
        Assert.Equal("d!", cache.AddOrUpdate(1, "x", (_, value) => value + "!"));
        Assert.True(cache.Set(1, "e", ExpiringCache.For(Minute)));
        Assert.True(cache.Set(1, "f"));
        Assert.False(cache.TryAdd(1, "x"));
        Assert.Equal("f", cache.GetOrAdd(1, _ => "x"));
        Assert.True(cache.TrySetExpiry(1, ExpiringCache.For(Minute)));

        await cache.DisposeAsync();

        Assert.Equal(["a", "b", "c", "d", "d!", "e"], _record.Removals.SkipLast(1).Select(removal => removal.Value));
        Assert.All(_record.Removals.SkipLast(1), removal => Assert.Equal((1, RemovalCause.Replaced), (removal.Key, removal.Cause)));
        Assert.Equal((1, "f", RemovalCause.Cleared), _record.Removals[^1]);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_same_value_again_replaces_itself()
    {
        Cache<int, string> cache = _record.Watch(10);
        cache.Set(1, "a");

        cache.Set(1, "a");

        await AssertToldAsync(cache, (1, "a", RemovalCause.Replaced), (1, "a", RemovalCause.Cleared));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_goes_because_the_new_value_is_refused_is_replaced()
    {
        Cache<int, string> cache = _record.WatchWeighed(
            limit: 100, (_, value) => value.Length, options => options.MaxEntryWeight = 3);
        cache.Set(1, "a");
        cache.Set(2, "b");

        Assert.False(cache.Set(1, "long"));
        Assert.False(cache.Set(2, "x", new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }));
        Assert.False(cache.Set(3, "long"));

        await AssertToldAsync(cache, (1, "a", RemovalCause.Replaced), (2, "b", RemovalCause.Replaced));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_weighed_value_is_replaced_like_any_other()
    {
        Cache<int, string> cache = _record.WatchWeighed(limit: 4, (_, value) => value.Length);
        cache.Set(1, "a");
        cache.Set(2, "bb");

        Assert.True(cache.Set(2, "cccc"));

        await AssertToldAsync(
            cache, (1, "a", RemovalCause.Capacity), (2, "bb", RemovalCause.Replaced), (2, "cccc", RemovalCause.Cleared));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_the_wheel_reclaims_has_expired()
    {
        await Wait.LeaveRunner();
        Cache<int, string> cache = _record.Watch(10, options => options.TimeProvider = _time);
        cache.Set(1, "a", ExpiringCache.For(Minute));
        cache.Set(2, "b");

        _time.Advance(Minute + (2 * ExpiringCache.Tick));
        Wait.Until(() => _record.Count == 1);

        await AssertToldAsync(cache, (1, "a", RemovalCause.Expired), (2, "b", RemovalCause.Cleared));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("read")]
    [InlineData("set")]
    [InlineData("add")]
    [InlineData("remove")]
    [InlineData("trim")]
    [InlineData("set expiry")]
    public async Task What_is_found_to_have_expired_has_expired(string access)
    {
        // Precise, and less than a tick later: the wheel has not come by.
        Cache<int, string> cache = _record.Watch(10, options => (options.TimeProvider, options.PreciseExpiry) = (_time, true));
        cache.Set(1, "a", ExpiringCache.For(ExpiringCache.Instant));
        _time.Advance(access == "trim" ? ExpiringCache.Tick : ExpiringCache.Instant);

        Assert.False(access switch
        {
            "read" => cache.TryGet(1, out _),
            "set" => !cache.Set(1, "b"),
            "add" => !cache.TryAdd(1, "b"),
            "remove" => cache.TryRemove(1),
            "trim" => cache.TrimExpired() > 1,
            _ => cache.TrySetExpiry(1, ExpiringCache.For(Minute)),
        });

        await cache.DisposeAsync();
        Assert.Equal((1, "a", RemovalCause.Expired), _record.Removals[0]);
        Assert.All(_record.Removals.Skip(1), removal => Assert.Equal((1, "b", RemovalCause.Cleared), removal));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_told_to_have_expired_has()
    {
        Cache<int, string> cache = _record.Watch(10);
        cache.Set(1, "a");

        Assert.False(cache.TrySetExpiry(1, new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }));

        await AssertToldAsync(cache, (1, "a", RemovalCause.Expired));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public async Task What_has_to_make_room_goes_for_capacity(EvictionPolicy policy)
    {
        Cache<int, string> cache = _record.Watch(10, options => options.Eviction = policy);
        cache.SetMany(Enumerable.Range(0, 15).Select(key => KeyValuePair.Create(key, $"{key}")));
        Assert.Equal(3, cache.Trim(3));
        cache.Capacity = 5;
        cache.Set(15, "15");
        cache.Set(16, "16");
        Wait.Until(() => cache.Count <= 5);
        int[] left = [.. cache.Select(entry => entry.Key)];

        await cache.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 17), _record.Removals.Select(removal => removal.Key).Order());
        Assert.All(_record.Removals, removal => Assert.Equal($"{removal.Key}", removal.Value));
        Assert.All(
            _record.Removals,
            removal => Assert.Equal(left.Contains(removal.Key) ? RemovalCause.Cleared : RemovalCause.Capacity, removal.Cause));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_keys_made_to_collide_push_out_goes_for_capacity()
    {
        var comparer = new ScriptedComparer<int> { HashCodes = _ => 7 };
        Cache<int, string> cache = _record.Watch(1000, options => options.Comparer = comparer);
        cache.SetMany(Enumerable.Range(0, 500).Select(key => KeyValuePair.Create(key, $"{key}")));
        long left = cache.Count;

        await cache.DisposeAsync();

        Assert.InRange(left, 1, 499);
        Assert.Equal(Enumerable.Range(0, 500), _record.Removals.Select(removal => removal.Key).Order());
        Assert.Equal(500 - left, _record.Removals.Count(removal => removal.Cause == RemovalCause.Capacity));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_cleared_or_disposed_is_cleared()
    {
        Cache<int, string> cache = _record.Watch(10);
        cache.Set(1, "a");
        cache.Clear();
        cache.Set(2, "b");

        await AssertToldAsync(cache, (1, "a", RemovalCause.Cleared), (2, "b", RemovalCause.Cleared));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Values_behind_references_are_told_too()
    {
        var record = new RemovalRecord<string, Wide>();
        Cache<string, Wide> cache = record.Watch(10);
        cache.Set("key", new Wide(1, 2, "a"));
        cache.Set("key", new Wide(3, 4, "b"));
        cache.TryRemove("key");

        await cache.DisposeAsync();

        Assert.Equal(
            [("key", new Wide(1, 2, "a"), RemovalCause.Replaced), ("key", new Wide(3, 4, "b"), RemovalCause.Explicit)],
            record.Removals);
    }

    private async Task AssertToldAsync(Cache<int, string> cache, params (int Key, string Value, RemovalCause Cause)[] expected)
    {
        await cache.DisposeAsync();
        Assert.Equal(expected, _record.Removals);
    }
}
