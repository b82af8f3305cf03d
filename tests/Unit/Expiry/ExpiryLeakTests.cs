using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Gate: a clock that runs keeps no cache alive, and what has expired is not kept alive either.</summary>
public sealed class ExpiryLeakTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    [Fact(Timeout = Wait.Watchdog)]
    public Task A_forgotten_cache_is_collected_and_its_timer_stops_at_the_next_tick()
        => Task.Run(
            () =>
            {
                Garbage.AwaitCollection(MakeAndForget(_time, () =>
                {
                    _time.Advance(Second);
                    return true;
                }));
                Assert.Equal(1, _time.ActiveTimers);

                _time.Advance(ExpiringCache.Tick);

                Assert.Equal(0, _time.ActiveTimers);
            },
            TestContext.Current.CancellationToken);

    [Fact(Timeout = Wait.Watchdog)]
    public Task A_forgotten_cache_in_the_systems_time_is_collected()
        => Task.Run(() => Garbage.AwaitCollection(MakeAndForget(TimeProvider.System, () => false)), TestContext.Current.CancellationToken);

    [Fact(Timeout = Wait.Watchdog)]
    public Task In_the_systems_time_entries_go_without_traffic()
        => Task.Run(
            () =>
            {
                using Cache<int, object> cache = ExpiringCache.Of<int, object>(TimeProvider.System);
                cache.Set(1, new object(), ExpiringCache.For(ExpiringCache.Instant));
                cache.Set(2, new object(), ExpiringCache.For(TimeSpan.FromDays(1)));

                Wait.Until(() => cache.Count == 1);

                Assert.True(cache.ContainsKey(2));
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("by the actor")]
    [InlineData("by a reader")]
    [InlineData("by a writer")]
    public Task What_has_expired_and_was_reclaimed_can_be_collected(string how)
        => Task.Run(
            () =>
            {
                using Cache<object, object> cache = ExpiringCache.Of<object, object>(_time, options => options.PreciseExpiry = true);
                object key = new();
                WeakReference value = Add(cache, key);
                _time.Advance(ExpiringCache.Tick / 2);
                switch (how)
                {
                    case "by the actor":
                        _time.Advance(ExpiringCache.Tick);
                        break;
                    case "by a reader":
                        Assert.False(cache.TryGet(key, out _));
                        break;
                    default:
                        Assert.False(cache.TryUpdate(key, new object()));
                        break;
                }

                Wait.Until(() => cache.Count == 0);
                Garbage.AwaitCollection([value]);
                GC.KeepAlive(cache);
            },
            TestContext.Current.CancellationToken);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Add(Cache<object, object> cache, object key)
    {
        object value = new();
        cache.Set(key, value, ExpiringCache.For(ExpiringCache.Tick / 2));
        return new WeakReference(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> MakeAndForget(TimeProvider time, Func<bool> letExpire)
    {
        // Not disposed, on purpose.
#pragma warning disable CA2000
        Cache<int, object> cache = ExpiringCache.Of<int, object>(time);
#pragma warning restore CA2000
        object value = new();
        cache.Set(1, new object(), ExpiringCache.For(Second));
        cache.Set(2, value, ExpiringCache.Idle(TimeSpan.FromDays(1)));
        if (letExpire())
        {
            // The actor has worked, so its loop exists.
            Wait.Until(() => cache.Count == 1);
        }

        return [new WeakReference(cache), new WeakReference(TableAccess.TableOf(cache)), new WeakReference(value)];
    }
}
