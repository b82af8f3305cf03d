using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Entries that have expired give their place back, without any traffic.</summary>
public sealed class ExpiryReclaimTests
{
    private const int Entries = 10_000;
    private const int Seed = 20_260_101;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<EvictionPolicy, bool> Kinds => ExpiringCache.Kinds;

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Kinds))]
    public Task All_that_has_expired_goes_without_traffic_and_nothing_else_on_the_way(EvictionPolicy policy, bool isPrecise)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = ExpiringCache.Of<int, int>(
                    _time,
                    options => (options.Eviction, options.PreciseExpiry, options.ShardCount) = (policy, isPrecise, 4),
                    capacity: 4 * Entries);
                var random = new Random(Seed);
                var lives = new TimeSpan[Entries];
                for (int key = 0; key < Entries; key++)
                {
                    lives[key] = TimeSpan.FromTicks(random.NextInt64(1, Minute.Ticks + 1));
                    Assert.True(cache.Set(key, key, key % 2 == 0 ? ExpiringCache.For(lives[key]) : ExpiringCache.Idle(lives[key])));
                    Assert.True(cache.Set(-1 - key, key));
                }

                TimeSpan step = Minute / 12;
                for (TimeSpan passed = step; passed <= Minute; passed += step)
                {
                    _time.Advance(step);
                    Assert.All(Enumerable.Range(0, Entries).Where(key => lives[key] > passed), key => Assert.True(cache.ContainsKey(key)));
                    int left = lives.Count(life => life > passed - ExpiringCache.Tick);
                    Wait.Until(() => cache.Count <= Entries + left);
                }

                _time.Advance(2 * ExpiringCache.Tick);
                Wait.Until(() => cache.Count == Entries);

                Assert.All(cache, entry => Assert.True(entry.Key < 0));
                Assert.Equal(Entries, cache.Statistics.Expirations);
                Assert.Equal(0, cache.Statistics.Evictions);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Fact]
    public void What_has_expired_is_trimmed_when_asked_for()
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_time, options => options.ShardCount = 4, capacity: 4 * Entries);
        for (int key = 0; key < Entries; key++)
        {
            cache.Set(key, key, ExpiringCache.For((1 + (key % 10)) * ExpiringCache.Tick));
        }

        int trimmed = cache.TrimExpired();
        Assert.Equal(0, trimmed);
        for (int tick = 1; tick <= 10; tick++)
        {
            // The actor may be faster, but not have done more.
            _time.Advance(ExpiringCache.Tick);
            trimmed += cache.TrimExpired();
            Assert.Equal(Entries - (tick * Entries / 10), cache.Count);
            Assert.InRange(trimmed, 0, tick * Entries / 10);
            cache.AssertConsistent();
        }

        Assert.Equal(Entries, cache.Statistics.Expirations);
        Assert.Equal(0, cache.TrimExpired());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_full_cache_gives_up_what_has_expired_before_what_has_not(EvictionPolicy policy, bool isPrecise)
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(
            _time, options => (options.Eviction, options.PreciseExpiry) = (policy, isPrecise));
        for (int key = 0; key < 100; key++)
        {
            cache.Set(key, key, key % 2 == 0 ? ExpiringCache.For(ExpiringCache.Tick) : default);
            cache.TryGet(key, out _);
        }

        _time.AdvanceAtOnce(ExpiringCache.Tick);
        for (int key = 100; key < 150; key++)
        {
            Assert.True(cache.Set(key, key));
            Assert.InRange(cache.Count, 50, 100);
        }

        Assert.Equal(Enumerable.Range(0, 150).Where(key => key >= 100 || key % 2 != 0), cache.Select(entry => entry.Key).Order());
        Assert.Equal(0, cache.Statistics.Evictions);
        Assert.Equal(50, cache.Statistics.Expirations);
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public Task A_cache_whose_timers_were_cancelled_is_left_in_peace()
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = ExpiringCache.Of<int, int>(_time);
                cache.Set(1, 1, ExpiringCache.For(ExpiringCache.Tick));
                cache.Set(2, 2, ExpiringCache.For(Minute));
                Assert.True(cache.TryRemove(1));

                // One look at most, which finds that there is nothing to do for a while.
                _time.Advance(2 * ExpiringCache.Tick);
                Wait.Until(() => ShardAccess.NextTimerTickOf(cache) > 1 + 2);
                cache.Clear();
                _time.Advance(Minute);
                Wait.Until(() => ShardAccess.NextTimerTickOf(cache) == long.MaxValue);
            },
            TestContext.Current.CancellationToken);

    [Fact]
    public void A_cache_in_which_nothing_expires_starts_no_timer()
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_time, options => options.ExpireAfterWrite = Timeout.InfiniteTimeSpan);
        cache.SetMany(Enumerable.Range(0, 200).Select(i => KeyValuePair.Create(i, i)));
        cache.TrySetExpiry(1, ExpiringCache.Idle(Timeout.InfiniteTimeSpan));
        cache.Set(1, 1, new EntryOptions { ExpireAt = _time.GetUtcNow() });
        cache.TrimExpired();
        Assert.Equal(0, _time.ActiveTimers);

        cache.Set(1, 1, ExpiringCache.For(Minute));
        Assert.Equal(1, _time.ActiveTimers);
    }
}
