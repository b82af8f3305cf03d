using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>What happens to lifetimes and timers when tables grow, shrink, are cleared or thrown away.</summary>
public sealed class ExpiryTableTests
{
    private const int Entries = 6000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task Growth_keeps_deadlines_idle_limits_and_timers(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Make(policy);
                int initial = TableAccess.SlotsOf(cache);
                FillWithAllKinds(cache);
                Assert.True(TableAccess.SlotsOf(cache) > 100 * initial);
                cache.AssertConsistent();

                // Forever, 1 to 3 seconds, idle for 2, and idle for 2 but 3 seconds at most.
                _time.Advance(Second - ExpiringCache.Instant);
                AssertPresent(cache, _ => true);
                _time.Advance(ExpiringCache.Instant);
                AssertPresent(cache, kind => kind != 1);
                Assert.All(Keys(cache, 4, 5), key => Assert.True(cache.Touch(key)));
                _time.Advance(Second);
                AssertPresent(cache, kind => kind is 0 or 3 or 4 or 5);
                Assert.All(Keys(cache, 4, 5), key => Assert.Equal(Second, cache.TimeToLive(key)));
                Assert.All(Keys(cache, 5), key => Assert.True(cache.Touch(key)));
                _time.Advance(Second);
                AssertPresent(cache, kind => kind == 0);

                // Without having been looked at: the timers were kept too.
                Wait.Until(() => cache.Count == Entries / 6);
                Assert.Equal(5 * Entries / 6, cache.Statistics.Expirations);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Fact]
    public void Timers_take_memory_from_the_first_entry_on_that_expires()
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_time);
        cache.Set(1, 1);
        Assert.Equal(0, cache.TimerBytes);

        cache.Set(2, 2, ExpiringCache.For(Second));

        Assert.True(cache.TimerBytes > 0);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task A_table_whose_entries_expired_becomes_small_again_and_those_that_are_left_expire_in_time(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Make(policy);
                for (int key = 0; key < Entries; key++)
                {
                    cache.Set(key, key, key switch
                    {
                        < 10 => ExpiringCache.For(3 * Second),
                        < 20 => ExpiringCache.Idle((3 * Second) - ExpiringCache.Tick),
                        _ => ExpiringCache.For(Second),
                    });
                }

                int full = TableAccess.SlotsOf(cache);
                _time.Advance(Second);
                Wait.Until(() => cache.Count == 20 && TableAccess.SlotsOf(cache) <= full / 8);
                cache.AssertConsistent();
                _time.Advance((2 * Second) - ExpiringCache.Instant);
                Assert.Equal(20, cache.ToArray().Length);
                Assert.All(Enumerable.Range(10, 5), key => Assert.True(cache.Touch(key)));
                _time.Advance(ExpiringCache.Instant);
                Assert.Equal(Enumerable.Range(10, 5), cache.Select(entry => entry.Key).Order());
                _time.Advance(3 * Second);
                Wait.Until(() => cache.Count == 0);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_cleared_cache_forgets_the_times_of_what_was_in_it(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Make(policy);
        FillWithAllKinds(cache);

        cache.Clear();
        cache.AssertConsistent();
        for (int key = 0; key < Entries; key++)
        {
            Assert.True(cache.TryAdd(key, key));
        }

        _time.Advance(5 * Second);
        cache.TrimExpired();
        Assert.Equal(Entries, cache.ToArray().Length);
        Assert.Equal(0, cache.Statistics.Expirations);
        cache.AssertConsistent();
    }

    [Fact]
    public void A_slot_that_was_given_up_takes_nothing_over_to_its_next_entry()
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_time, capacity: 10);
        for (int key = 0; key < 1000; key++)
        {
            cache.Set(key, key, (key % 3) switch { 0 => ExpiringCache.For(Second), 1 => ExpiringCache.Idle(Second), _ => default });
            cache.TryRemove(key - 3);
        }

        cache.Clear();
        cache.SetMany(Enumerable.Range(0, 10).Select(key => KeyValuePair.Create(key, key)));
        _time.Advance(2 * Second);

        Assert.Equal(10, cache.ToArray().Length);
        Assert.All(cache, entry => Assert.Equal(Timeout.InfiniteTimeSpan, cache.TimeToLive(entry.Key)));
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disposed_cache_stops_its_timer_and_refuses_writes(bool isAsync)
    {
        Cache<int, int> cache = Make(EvictionPolicy.Frecency);
        FillWithAllKinds(cache);
        Assert.Equal(1, _time.ActiveTimers);

        await (isAsync ? cache.DisposeAsync() : Dispose(cache));

        Assert.Equal(0, _time.ActiveTimers);
        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, 1, ExpiringCache.For(Second)));
        Assert.Throws<ObjectDisposedException>(() => cache.TryAdd(1, 1, ExpiringCache.Idle(Second)));
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrAdd(1, _ => 1, ExpiringCache.For(Second)));
        Assert.False(cache.TrySetExpiry(1, ExpiringCache.For(Second)));
        Assert.Null(cache.TimeToLive(1));
        Assert.False(cache.Touch(1));
        Assert.Equal(0, cache.TrimExpired());
        Assert.Equal(0, _time.ActiveTimers);
        cache.AssertConsistent();

        static ValueTask Dispose(Cache<int, int> cache)
        {
            cache.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public void Caches_of_one_provider_share_a_timer_that_the_last_one_stops()
    {
        Cache<int, int> first = Make(EvictionPolicy.Lru);
        Cache<int, int> second = Make(EvictionPolicy.Fifo);
        first.Set(1, 1, ExpiringCache.For(Second));
        second.Set(1, 1, ExpiringCache.For(Second));
        Assert.Equal(1, _time.ActiveTimers);

        first.Dispose();
        Assert.Equal(1, _time.ActiveTimers);
        _time.Advance(Second);
        Assert.False(second.ContainsKey(1));
        second.Dispose();
        Assert.Equal(0, _time.ActiveTimers);

        using Cache<int, int> third = Make(EvictionPolicy.Lru);
        third.Set(1, 1, ExpiringCache.For(Second));
        Assert.Equal(1, _time.ActiveTimers);
        _time.Advance(Second);
        Assert.False(third.ContainsKey(1));
    }

    private Cache<int, int> Make(EvictionPolicy policy)
        => ExpiringCache.Of<int, int>(_time, options => options.Eviction = policy, capacity: 2 * Entries);

    private static void FillWithAllKinds(Cache<int, int> cache)
    {
        EntryOptions[] kinds =
        [
            default,
            ExpiringCache.For(Second),
            ExpiringCache.For(2 * Second),
            ExpiringCache.For(3 * Second),
            ExpiringCache.Idle((2 * Second) - ExpiringCache.Tick),
            new() { ExpireAfterWrite = 3 * Second, ExpireAfterAccess = (2 * Second) - ExpiringCache.Tick },
        ];
        for (int key = 0; key < Entries; key++)
        {
            Assert.True(cache.Set(key, key, kinds[key % 6]));
        }
    }

    private static IEnumerable<int> Keys(Cache<int, int> cache, params int[] kinds)
        => cache.Select(entry => entry.Key).Where(key => kinds.Contains(key % 6));

    private static void AssertPresent(Cache<int, int> cache, Func<int, bool> isPresent)
        => Assert.Equal(Enumerable.Range(0, Entries).Where(key => isPresent(key % 6)), cache.Select(entry => entry.Key).Order());
}
