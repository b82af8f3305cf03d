using FastCache.Extensions;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Memory;
using Xunit;

namespace FastCache.Tests.Extensions.Memory;

public sealed class LifetimeTests : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private TestMemoryCache _test = new();

    private IMemoryCache Cache => _test.Cache;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void An_entry_expires_at_its_moment_and_not_before()
    {
        Cache.Set("key", 1, _test.Now + Minute);

        _test.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.True(IsThere("key"));
        _test.Pass(TimeSpan.FromTicks(1));

        Assert.False(IsThere("key"));
    }

    [Fact]
    public void The_moment_counts_whatever_its_offset_from_UTC()
    {
        Cache.Set("key", 1, (_test.Now + Minute).ToOffset(TimeSpan.FromHours(9)));

        _test.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.True(IsThere("key"));
        _test.Pass(TimeSpan.FromTicks(1));

        Assert.False(IsThere("key"));
    }

    [Fact]
    public void A_relative_expiration_is_counted_from_the_commit()
    {
        ICacheEntry entry = Cache.CreateEntry("key").SetValue(1).SetAbsoluteExpiration(Minute);
        _test.Pass(Minute);
        entry.Dispose();

        _test.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.True(IsThere("key"));
        _test.Pass(TimeSpan.FromTicks(1));

        Assert.False(IsThere("key"));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Of_a_moment_and_a_relative_expiration_the_earlier_one_counts(int absoluteMinutes, int relativeMinutes)
    {
        Cache.Set("key", 1, new MemoryCacheEntryOptions
        {
            AbsoluteExpiration = _test.Now + (absoluteMinutes * Minute),
            AbsoluteExpirationRelativeToNow = relativeMinutes * Minute,
        });

        _test.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.True(IsThere("key"));
        _test.Pass(TimeSpan.FromTicks(1));

        Assert.False(IsThere("key"));
    }

    [Fact]
    public void An_entry_that_nobody_reads_expires_after_its_sliding_time()
    {
        Cache.Set("key", 1, new MemoryCacheEntryOptions { SlidingExpiration = Minute });

        _test.Pass(Minute);

        Assert.False(IsThere("key"));
    }

    [Fact]
    public void An_entry_that_is_read_lives_on_for_its_sliding_time()
    {
        Cache.Set("key", 1, new MemoryCacheEntryOptions { SlidingExpiration = Minute });

        for (int i = 0; i < 10; i++)
        {
            _test.Pass(Minute - TimeSpan.FromTicks(1));
            Assert.True(IsThere("key"));
        }

        _test.Pass(Minute);
        Assert.False(IsThere("key"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_keep_no_entry_beyond_its_absolute_expiration(bool isRelative)
    {
        var options = new MemoryCacheEntryOptions { SlidingExpiration = Minute };
        Cache.Set("key", 1, isRelative ? options.SetAbsoluteExpiration(2 * Minute) : options.SetAbsoluteExpiration(_test.Now + (2 * Minute)));

        for (int i = 0; i < 7; i++)
        {
            _test.Pass(Minute / 4);
            Assert.True(IsThere("key"));
        }

        _test.Pass(Minute / 4);
        Assert.False(IsThere("key"));
    }

    [Fact]
    public void A_sliding_time_longer_than_the_absolute_one_changes_nothing()
    {
        Cache.Set("key", 1, new MemoryCacheEntryOptions { SlidingExpiration = 5 * Minute, AbsoluteExpirationRelativeToNow = Minute });

        _test.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.True(IsThere("key"));
        _test.Pass(TimeSpan.FromTicks(1));

        Assert.False(IsThere("key"));
    }

    [Fact]
    public void Writing_again_begins_a_new_lifetime()
    {
        Cache.Set("key", 1, Minute);
        _test.Pass(Minute / 2);
        Cache.Set("key", 2);

        _test.Time.AdvanceAtOnce(TimeSpan.FromDays(1_000));

        Assert.Equal(2, Cache.Get("key"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_moment_in_the_past_keeps_nothing_and_what_was_there_is_gone()
    {
        Cache.Set("key", "old", _test.Heard);

        Assert.Equal("new", Cache.Set("key", "new", _test.Heard.SetAbsoluteExpiration(_test.Now)));

        Assert.False(IsThere("key"));
        Evicted[] evictions = [await _test.Evictions.NextAsync(), await _test.Evictions.NextAsync()];
        Assert.Contains(new Evicted("key", "old", EvictionReason.Replaced), evictions);
        Assert.Contains(new Evicted("key", "new", EvictionReason.Expired), evictions);
    }

    [Fact]
    public void Times_beyond_all_time_never_come()
    {
        Cache.Set("moment", 1, DateTimeOffset.MaxValue);
        Cache.Set("relative", 2, TimeSpan.MaxValue);
        Cache.Set("sliding", 3, new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.MaxValue });

        _test.Time.AdvanceAtOnce(TimeSpan.FromDays(10_000));

        Assert.True(IsThere("moment") && IsThere("relative") && IsThere("sliding"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task An_expired_entry_is_told_about_without_any_traffic()
    {
        Cache.Set("key", 1, _test.Heard.SetAbsoluteExpiration(Minute));

        _test.Pass(2 * Minute);

        Assert.Equal(new Evicted("key", 1, EvictionReason.Expired), await _test.Evictions.NextAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task An_entry_that_says_nothing_is_kept_for_the_default_times()
    {
        await Renew(options => (options.DefaultExpiration, options.DefaultSlidingExpiration) = (3 * Minute, 2 * Minute));
        Cache.Set("read", 1);
        Cache.Set("unread", 1);

        _test.Pass(1.5 * Minute);
        Assert.True(IsThere("read"));
        _test.Pass(Minute);
        Assert.True(IsThere("read"));
        Assert.False(IsThere("unread"));
        _test.Pass(Minute / 2);

        Assert.False(IsThere("read"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task An_entry_that_says_anything_has_said_it_all()
    {
        await Renew(options => (options.DefaultExpiration, options.DefaultSlidingExpiration) = (Minute, Minute));
        Cache.Set("absolute", 1, TimeSpan.FromHours(1));
        Cache.Set("sliding", 1, new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromHours(1) });

        _test.Pass(30 * Minute);

        Assert.True(IsThere("absolute"));
        Assert.True(IsThere("sliding"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Where_time_is_coarse_an_entry_expires_a_tick_late_at_most()
    {
        await Renew(static options => options.PreciseExpiration = false);
        Cache.Set("key", 1, Minute);

        _test.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.True(IsThere("key"));
        _test.Pass(TimeSpan.FromMilliseconds(51));

        Assert.False(IsThere("key"));
    }

    private bool IsThere(string key) => Cache.TryGetValue(key, out _);

    private async Task Renew(Action<FastCacheOptions> configure)
    {
        await _test.DisposeAsync();
        _test = new TestMemoryCache(configure);
    }
}
