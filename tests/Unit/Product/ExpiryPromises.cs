using FastCache.Expiration;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>What a cache promises of time, whatever it is.</summary>
public sealed class ExpiryPromises : ProductSuite
{
    // What may be left of an entry's time when it is there for sure, and what has passed when it is gone for sure.
    private static readonly TimeSpan Little = 2 * ExpiringCache.Tick;

    [Theory, Variants]
    public void An_entry_is_there_until_its_time_is_over_and_then_in_no_way<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0));

        Time.Advance(Life - Little);
        Assert.True(cache.TryPeek(variant.Key(0), out TValue? value));
        Assert.Equal(variant.Value(0), value);
        PassTimeSilently(2 * Little);

        // The walk first: other looks may free the place of what has expired.
        Assert.Equal(variant.Expires ? 0 : 1, cache.ToArray().Length);
        Assert.Equal(!variant.Expires, cache.TryPeek(variant.Key(0), out _));
        Assert.Equal(!variant.Expires, cache.TryGet(variant.Key(0), out _));
        Assert.Equal(!variant.Expires, cache.TryUpdate(variant.Key(0), variant.Value(0, 1)));
        Assert.Equal(!variant.Expires, cache.TryRemove(variant.Key(0)));
    }

    [Theory, Variants]
    public void A_read_prolongs_the_life_of_what_expires_after_access<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0));
        for (int read = 0; read < 3; read++)
        {
            Time.Advance(Life - Little);
            bool isThere = cache.TryGet(variant.Key(0), out _);

            Assert.Equal(read == 0 || variant.Combination.Life is LifeKind.Forever or LifeKind.AfterAccess, isThere);
        }
    }

    [Theory, Variants]
    public void A_write_prolongs_the_life_of_all_that_expires<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0));
        for (int version = 1; version < 4; version++)
        {
            Time.Advance(Life - Little);
            Assert.True(cache.TryUpdate(variant.Key(0), variant.Value(0, version)));
            AssertLivesFor(variant.Expires ? Life : Timeout.InfiniteTimeSpan, cache, variant);
        }

        Time.Advance(Life + Little);
        Assert.Equal(!variant.Expires, cache.ContainsKey(variant.Key(0)));
    }

    [Theory, Variants]
    public void An_entry_may_have_a_life_of_its_own<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0), ExpiringCache.For(Life / 4));
        AssertLivesFor(Life / 4, cache, variant);
        Assert.True(cache.TrySetExpiry(variant.Key(0), ExpiringCache.For(Life / 2)));
        AssertLivesFor(Life / 2, cache, variant);

        Time.Advance((Life / 2) - Little);
        Assert.True(cache.ContainsKey(variant.Key(0)));
        Time.Advance(2 * Little);
        Assert.False(cache.ContainsKey(variant.Key(0)));

        // The next write goes by the options of the cache again.
        cache.Set(variant.Key(0), variant.Value(0));
        AssertLivesFor(variant.Expires ? Life : Timeout.InfiniteTimeSpan, cache, variant);
        Assert.False(cache.TrySetExpiry(variant.Key(0), new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }));
        Assert.False(cache.ContainsKey(variant.Key(0)));
    }

    [Theory(Timeout = Wait.Watchdog), Variants]
    public async Task What_has_expired_makes_room_without_traffic<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        await Wait.LeaveRunner();
        Cache<TKey, TValue> cache = Make(variant);
        foreach (KeyValuePair<TKey, TValue> entry in variant.Entries(variant.Room))
        {
            cache.Set(entry.Key, entry.Value, ExpiringCache.For(Life / 2));
        }

        Time.Advance(Life);

        Wait.Until(() => LoadOf(cache) == 0);
        Assert.Equal(variant.Room, cache.Statistics.Expirations);
        Assert.Equal(variant.Room, cache.SetMany(variant.Entries(variant.Room)));
    }

    [Theory, Variants]
    public void What_has_expired_can_be_trimmed_and_nothing_else_is<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        for (int number = 0; number < variant.Room; number++)
        {
            cache.Set(variant.Key(number), variant.Value(number), ExpiringCache.For(number % 2 == 0 ? Life / 2 : 2 * Life));
        }

        Time.AdvanceAtOnce((Life / 2) + Little);
        cache.TrimExpired();

        Assert.Equal((variant.Room + 1) / 2, cache.Statistics.Expirations);
        Assert.Equal(variant.Room / 2, cache.Count);
        Assert.All(cache, entry => Assert.Equal(1, variant.NumberOf(entry.Key) % 2));
    }

    /// <summary>Lets time pass of which reads know, and the background work does not.</summary>
    private void PassTimeSilently(TimeSpan time)
    {
        Time.JumpBack(-time);
        CoarseClock.For(Time).Refresh();
    }

    private static void AssertLivesFor<TKey, TValue>(TimeSpan expected, Cache<TKey, TValue> cache, Variant<TKey, TValue> variant)
        where TKey : notnull
        => Assert.Equal(expected, cache.TimeToLive(variant.Twin(0)));
}
