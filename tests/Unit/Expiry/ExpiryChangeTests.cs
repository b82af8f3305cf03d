using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Entries whose expiry is asked for, and changed without a write of the value.</summary>
public sealed class ExpiryChangeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_time_to_live_is_what_is_left(bool isPrecise)
    {
        using Cache<int, string> cache = Make(isPrecise);
        cache.Set(1, "one", ExpiringCache.For(Second));
        cache.Set(2, "two", ExpiringCache.Idle(2 * Second));
        cache.Set(3, "three");

        _time.Advance(0.3 * Second);

        Assert.Equal(0.7 * Second, cache.TimeToLive(1));
        Assert.Equal((1.7 * Second) + (isPrecise ? TimeSpan.Zero : ExpiringCache.Tick), cache.TimeToLive(2));
        Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(3));
        Assert.Null(cache.TimeToLive(4));
        Assert.Equal(0.7 * Second, cache.Explain(1)!.TimeToLive);
        Assert.Equal(Timeout.InfiniteTimeSpan, cache.Explain(3)!.TimeToLive);
    }

    [Fact]
    public void What_coarse_time_keeps_beyond_its_end_has_no_time_left()
    {
        using Cache<int, string> cache = Make(isPrecise: false);
        cache.Set(1, "one", ExpiringCache.For(TimeSpan.FromMilliseconds(10)));

        _time.Advance(TimeSpan.FromMilliseconds(20));

        Assert.Equal(TimeSpan.Zero, cache.TimeToLive(1));
    }

    public static TheoryData<int?, int?, int?, int?> Changes
    {
        get
        {
            // Durations after write and after access in tenths of a second, before and after the change.
            var changes = new TheoryData<int?, int?, int?, int?>();
            (int?, int?)[] lives = [(null, null), (10, null), (40, null), (null, 10), (null, 40), (25, 10)];
            foreach ((int? write, int? access) in lives)
            {
                foreach ((int? newWrite, int? newAccess) in lives)
                {
                    changes.Add(write, access, newWrite, newAccess);
                }
            }

            return changes;
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Any_expiry_can_take_the_place_of_any_other(int? write, int? access, int? newWrite, int? newAccess)
    {
        foreach (bool isPrecise in new[] { false, true })
        {
            // Changed: by itself and by a write of the value. Beside them, one that stays.
            using Cache<int, string> cache = Make(isPrecise);
            foreach (int key in new[] { 1, 2, 3 })
            {
                cache.Set(key, "value", Options(write, access));
            }

            _time.Advance(0.5 * Second);
            Assert.True(cache.TrySetExpiry(1, Options(newWrite, newAccess)));
            Assert.True(cache.Set(2, "value", Options(newWrite, newAccess)));
            cache.AssertConsistent();

            AssertExpires(cache, [1, 2], End(newWrite, newAccess, isPrecise));
            if (End(write, access, isPrecise) is null)
            {
                Assert.True(cache.ContainsKey(3));
            }
        }
    }

    [Fact]
    public void An_expiry_that_was_set_slides_from_then_on()
    {
        using Cache<int, string> cache = Make(isPrecise: false);
        cache.Set(1, "one", ExpiringCache.For(Second));

        Assert.True(cache.TrySetExpiry(1, ExpiringCache.Idle(Second)));
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(0.9 * Second);
            Assert.True(cache.Touch(1));
        }

        _time.Advance(Second + ExpiringCache.Tick);
        Assert.False(cache.Touch(1));
    }

    [Fact]
    public void Setting_the_expiry_leaves_the_value_and_the_policy_alone()
    {
        using Cache<int, string> cache = Make(isPrecise: false);
        cache.Set(1, "one");
        EntryExplanation before = cache.Explain(1)!;

        Assert.True(cache.TrySetExpiry(1, ExpiringCache.For(Second)));

        Assert.Equal("one", Assert.Single(cache).Value);
        Assert.Equal(before with { TimeToLive = Second }, cache.Explain(1));
    }

    [Fact]
    public void The_default_gives_back_what_the_cache_says()
    {
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(_time, options => options.ExpireAfterWrite = Second);
        cache.Set(1, "one", ExpiringCache.For(Timeout.InfiniteTimeSpan));

        Assert.True(cache.TrySetExpiry(1, default));

        Assert.Equal(Second, cache.TimeToLive(1));
    }

    [Fact]
    public void A_key_that_is_absent_or_expired_has_no_expiry_to_be_changed()
    {
        using Cache<int, string> cache = Make(isPrecise: true);
        cache.Set(1, "one", ExpiringCache.For(Second));
        _time.Advance(Second);

        Assert.False(cache.TrySetExpiry(1, default));
        Assert.False(cache.TrySetExpiry(2, ExpiringCache.For(Second)));
        Assert.False(cache.Touch(1));
        Assert.False(cache.Touch(2));
        Assert.Null(cache.TimeToLive(1));
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Statistics.RefusedAsExpired);
    }

    private Cache<int, string> Make(bool isPrecise)
        => ExpiringCache.Of<int, string>(_time, options => options.PreciseExpiry = isPrecise);

    private void AssertExpires(Cache<int, string> cache, int[] keys, TimeSpan? end)
    {
        if (end is not { } life)
        {
            _time.AdvanceAtOnce(TimeSpan.FromDays(1));
            Assert.All(keys, key => Assert.True(cache.ContainsKey(key)));
            return;
        }

        _time.Advance(life - ExpiringCache.Instant);
        Assert.All(keys, key => Assert.True(cache.ContainsKey(key)));
        _time.Advance(ExpiringCache.Instant);
        Assert.All(keys, key => Assert.False(cache.ContainsKey(key)));
        cache.AssertConsistent();
    }

    // In coarse time an access counts until the end of its tick.
    private static TimeSpan? End(int? write, int? access, bool isPrecise)
    {
        TimeSpan? written = write is { } one ? 0.1 * one * Second : null;
        TimeSpan? accessed = access is { } other ? (0.1 * other * Second) + (isPrecise ? TimeSpan.Zero : ExpiringCache.Tick) : null;
        return written is null || accessed is null ? written ?? accessed : written < accessed ? written : accessed;
    }

    private static EntryOptions Options(int? write, int? access) => new()
    {
        ExpireAfterWrite = write is { } one ? 0.1 * one * Second : null,
        ExpireAfterAccess = access is { } other ? 0.1 * other * Second : null,
    };
}
