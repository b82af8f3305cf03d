using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>What computes a time to live may throw, wait, and use the cache that calls it.</summary>
public sealed class ExpiryUserCodeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<string, Action<Cache<int, string>>> Operations = new()
    {
        ["Set"] = cache => cache.Set(1, "uno"),
        ["Set, absent"] = cache => cache.Set(9, "nine"),
        ["TryAdd, absent"] = cache => cache.TryAdd(9, "nine"),
        ["TryUpdate"] = cache => cache.TryUpdate(1, "uno"),
        ["TryUpdate if"] = cache => cache.TryUpdate(1, "uno", "1"),
        ["AddOrUpdate"] = cache => cache.AddOrUpdate(1, "uno", (_, old) => old + "!"),
        ["AddOrUpdate, absent"] = cache => cache.AddOrUpdate(9, "nine", (_, old) => old + "!"),
        ["GetOrAdd, absent"] = cache => cache.GetOrAdd(9, _ => "nine"),
        ["TrySetExpiry"] = cache => cache.TrySetExpiry(1, default),
        ["TryGet"] = cache => cache.TryGet(1, out _),
        ["GetMany"] = cache => cache.GetMany([1]),
        ["Touch"] = cache => cache.Touch(1),
    };

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedReadExpiry<int, string> _expiry = new();

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Fact]
    public void A_life_begins_when_it_has_been_computed_however_long_that_took()
    {
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(_time, options => options.Expiry = _expiry);
        _expiry.OnCreate = (_, _) => Slowly(Minute);
        _expiry.OnUpdate = (_, _, _) => Slowly(Minute);
        _expiry.OnRead = (_, _, _) => Slowly(Minute);

        Assert.True(cache.Set(1, "one"));
        Assert.Equal(Minute, cache.TimeToLive(1));
        Assert.True(cache.Set(1, "uno", new EntryOptions { ExpireAfterWrite = 2 * Minute }));
        Assert.True(cache.TryUpdate(1, "un"));
        Assert.Equal(Minute, cache.TimeToLive(1));
        Assert.True(cache.Set(1, "uno", new EntryOptions { ExpireAfterWrite = 2 * Minute }));
        Assert.True(cache.TryGet(1, out _));
        Assert.Equal(Minute, cache.TimeToLive(1));

        TimeSpan Slowly(TimeSpan life)
        {
            _time.Advance(Minute / 2);
            return life;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_throws_passes_through_and_changes_nothing(string operation)
    {
        using Cache<int, string> cache = Filled(capacity: 8);
        _time.Advance(Minute / 2);
        Call(() => throw new UserCodeException());

        Assert.Throws<UserCodeException>(() => Operations[operation](cache));
        Call(() => { });

        Assert.Equal(Enumerable.Range(0, 5).ToDictionary(i => i, i => $"{i}"), cache.ToDictionary());
        Assert.All(Enumerable.Range(0, 5), key => Assert.Equal(Minute / 2, cache.TimeToLive(key)));
        CacheProbe.AssertWorks(cache);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Names))]
    public async Task Where_it_waits_it_holds_up_nobody_else(string operation)
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Cache<int, string> cache = Filled(capacity: 100);
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var isBlocked = new ThreadLocal<bool>();
        Call(() =>
        {
            if (isBlocked.Value)
            {
                entered.Set();
                release.Wait(cancellation);
            }
        });
        Task blocked = Task.Run(
            () =>
            {
                isBlocked.Value = true;
                Operations[operation](cache);
                isBlocked.Value = false;
            },
            cancellation);
        entered.Wait(cancellation);

        Assert.True(cache.TryGet(2, out _));
        Assert.True(cache.Set(1, "meanwhile"));
        Assert.True(cache.TryGet(1, out _));
        Assert.True(cache.Set(50, "fifty"));
        Assert.True(cache.TryRemove(3));
        CacheProbe.AssertWorks(cache);
        release.Set();
        await blocked;

        Assert.True(cache.ContainsKey(1));
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_may_use_the_cache_for_its_own_key_and_for_others(string operation)
    {
        using Cache<int, string> cache = Filled(capacity: 1000);
        int depth = 0;
        Call(() =>
        {
            if (depth++ == 0)
            {
                // Enough for the table to grow.
                cache.SetMany(Enumerable.Range(100, 500).Select(i => KeyValuePair.Create(i, $"{i}")));
                cache.Set(1, "from inside");
                cache.TryGet(1, out _);
                cache.TryRemove(2);
                cache.TrySetExpiry(3, default);
                cache.TrimExpired();
                Assert.NotEmpty(cache);
            }
        });

        Operations[operation](cache);
        Call(() => { });

        Assert.True(cache.ContainsKey(1));
        Assert.False(cache.ContainsKey(2));
        Assert.True(cache.ContainsKey(599));
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_it_disposes_the_cache_the_operation_meets_the_disposal(string operation)
    {
        Cache<int, string> cache = Filled(capacity: 8);
        Call(cache.Dispose);

        Exception? exception = Record.Exception(() => Operations[operation](cache));

        Assert.True(exception is null or ObjectDisposedException, $"{exception}");
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, _time.ActiveTimers);
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_read_says_counts_though_the_table_grows_meanwhile(bool isLonger)
    {
        using Cache<int, string> cache = Filled(capacity: 1000);
        TimeSpan told = isLonger ? 2 * Minute : Minute / 2;
        _expiry.OnRead = (_, _, _) =>
        {
            cache.SetMany(Enumerable.Range(100, 500).Select(i => KeyValuePair.Create(i, $"{i}")));
            return told;
        };

        Assert.True(cache.TryGet(1, out _));

        Assert.Equal(told, cache.TimeToLive(1));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_read_that_writes_its_own_key_is_a_hit_and_the_write_counts()
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = Filled(capacity: 100);
        _expiry.OnRead = (_, _, _) =>
        {
            cache.Set(1, "from inside", new EntryOptions { ExpireAfterWrite = 3 * Minute });
            return 2 * Minute;
        };

        Assert.True(cache.TryGet(1, out string? value));

        Assert.Equal("1", value);
        Assert.True(cache.TryPeek(1, out value));
        Assert.Equal(("from inside", 3 * Minute), (value, cache.TimeToLive(1)));
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void An_end_that_was_computed_for_another_value_does_not_remove_the_new_one()
    {
        using Cache<int, string> cache = Filled(capacity: 100);
        _expiry.OnUpdate = (_, value, timeToLive) =>
        {
            if (value != "1")
            {
                return timeToLive;
            }

            cache.Set(1, "from inside", new EntryOptions { ExpireAfterWrite = 3 * Minute });
            return TimeSpan.Zero;
        };

        Assert.True(cache.TrySetExpiry(1, default));

        Assert.True(cache.TryPeek(1, out string? value));
        Assert.Equal(("from inside", 3 * Minute), (value, cache.TimeToLive(1)));
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void A_cache_that_its_time_provider_disposes_leaves_no_timer()
    {
        var provider = new ScriptedTimeProvider(_time);
        Cache<int, string> cache = ExpiringCache.Of<int, string>(provider);
        provider.OnCreateTimer = cache.Dispose;

        Exception? exception = Record.Exception(() => cache.Set(1, "one", ExpiringCache.For(Minute)));

        Assert.IsType<ObjectDisposedException>(exception);
        Assert.Equal(1, provider.TimersCreated);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void A_provider_that_cannot_make_a_timer_fails_the_write_only()
    {
        var provider = new ScriptedTimeProvider(_time) { OnCreateTimer = () => throw new UserCodeException() };
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(provider);
        cache.Set(1, "one");
        EntryOptions options = ExpiringCache.For(Minute);

        Assert.Throws<UserCodeException>(() => cache.Set(1, "uno", options));
        Assert.Throws<UserCodeException>(() => cache.Set(2, "two", options));
        Assert.Throws<UserCodeException>(() => cache.TrySetExpiry(1, options));
        Assert.Equal(KeyValuePair.Create(1, "one"), Assert.Single(cache));
        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(1));
        CacheProbe.AssertWorks(cache);

        provider.OnCreateTimer = null;
        Assert.True(cache.Set(2, "two", options));
        Assert.Equal(1, _time.ActiveTimers);
        _time.Advance(Minute);
        Assert.False(cache.ContainsKey(2));
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void A_timer_that_cannot_be_made_for_one_write_is_there_for_another_at_the_same_time()
    {
        bool isFirst = true;
        var provider = new ScriptedTimeProvider(_time);
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(provider);
        provider.OnCreateTimer = () =>
        {
            if (!isFirst)
            {
                return;
            }

            isFirst = false;
            Task other = Task.Run(() => cache.Set(2, "two", ExpiringCache.For(Minute)));
            Assert.True(other.Wait(Wait.Watchdog));
            throw new UserCodeException();
        };

        Assert.Throws<UserCodeException>(() => cache.Set(1, "one", ExpiringCache.For(Minute)));

        Assert.True(cache.ContainsKey(2));
        _time.Advance(Minute);
        Assert.False(cache.ContainsKey(2));
    }

    private Cache<int, string> Filled(int capacity)
    {
        Cache<int, string> cache = ExpiringCache.Of<int, string>(_time, options => options.Expiry = _expiry, capacity);
        cache.SetMany(Enumerable.Range(0, 5).Select(i => KeyValuePair.Create(i, $"{i}")));
        return cache;
    }

    private void Call(Action action)
    {
        _expiry.OnCreate = (_, _) => Do(Minute);
        _expiry.OnUpdate = (_, _, timeToLive) => Do(timeToLive);
        _expiry.OnRead = (_, _, timeToLive) => Do(timeToLive);

        TimeSpan Do(TimeSpan duration)
        {
            action();
            return duration;
        }
    }

    private sealed class UserCodeException : Exception;
}
