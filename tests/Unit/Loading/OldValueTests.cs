using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>When an old value is refreshed, served while it is refreshed, or served because nothing newer is to be had.</summary>
public sealed partial class OldValueTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Life = 10 * Second;
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSource<string> _source = new();
    private Cache<int, string>? _made;

    private Cache<int, string> Cache => _made!;

    public void Dispose() => _made?.Dispose();

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_value_is_refreshed_after_its_threshold_and_not_before(double threshold)
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { EagerRefreshThreshold = threshold });
        _time.Advance((threshold * Life) - ExpiringCache.Tick);
        Assert.Equal("old", await AskAsync());
        Assert.Equal(0, Cache.LoadsInProgress);

        _time.Advance(2 * ExpiringCache.Tick);
        Assert.True(Cache.TryGet(1, out _));
        Assert.Equal(0, Cache.LoadsInProgress);
        Assert.Equal("old", await AskAsync());

        _source.AwaitCalls(1);
        End("new");
        Assert.Equal((true, "new"), (Cache.TryGet(1, out string? value), value));
        Assert.Equal(Life, Cache.TimeToLive(1));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_failed_refresh_is_not_repeated_for_a_while()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { EagerRefreshThreshold = 0.5, FailSafeThrottle = 2 * Second });
        _time.Advance(6 * Second);
        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(1);
        Fail();
        Assert.Equal(4 * Second, Cache.TimeToLive(1));

        _time.Advance(2 * Second - ExpiringCache.Tick);
        Assert.Equal("old", await AskAsync());
        Assert.Equal(0, Cache.LoadsInProgress);
        Assert.Equal(1, _source.Calls);

        _time.Advance(2 * ExpiringCache.Tick);
        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(2);
        End("new", call: 1);
        Assert.Equal("new", await AskAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_throttled_value_expires_all_the_same()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { EagerRefreshThreshold = 0.5, FailSafeThrottle = 1000 * Second });
        _time.Advance(6 * Second);
        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(1);
        Fail();

        _time.Advance(5 * Second);

        Assert.False(Cache.ContainsKey(1));
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(2);
        End("new", call: 1);
        Assert.Equal("new", await caller);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_value_with_an_idle_limit_is_refreshed_and_slides_on(bool fails)
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { EagerRefreshThreshold = 0.5, FailSafeThrottle = Second }, ExpiringCache.Idle(Life));
        for (int i = 0; i < 4; i++)
        {
            _time.Advance(Second);
            Assert.Equal("old", await AskAsync());
        }

        Assert.Equal(0, Cache.LoadsInProgress);
        _time.Advance(2 * Second);
        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(1);
        if (fails)
        {
            Fail();
        }
        else
        {
            _source.Answer("new");
            Wait.Until(() => Cache.LoadsInProgress == 0);
        }

        _time.Advance(9 * Second);
        Assert.True(Cache.TryGet(1, out string? value));
        Assert.Equal(fails ? "old" : "new", value);
        Cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_value_with_an_idle_limit_and_a_threshold_lives_as_long_as_it_is_read_and_no_longer(bool isGuarded)
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { EagerRefreshThreshold = 0.5, StaleWhileRevalidate = 100 * Second }, ExpiringCache.Idle(Life));
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(9 * Second);
            Assert.True(isGuarded ? await AskAsync() == "old" : Cache.TryGet(1, out _));
            Assert.InRange(Cache.TimeToLive(1)!.Value, Life - ExpiringCache.Tick, Life + ExpiringCache.Tick);
        }

        _time.Advance(Life + (2 * ExpiringCache.Tick));

        Assert.False(Cache.TryGet(1, out _));
        Assert.Null(Cache.TimeToLive(1));
        Cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_stale_value_is_served_within_its_window_while_one_load_replaces_it()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { StaleWhileRevalidate = 5 * Second });
        _time.Advance(Life + (4 * Second));

        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(1);
        Assert.Equal("old", await AskAsync());
        Assert.Equal("old", Cache.GetOrAdd(1, _ => "a second load"));

        End("new");
        Assert.Equal("new", await AskAsync());
        Assert.Equal(1, _source.Calls);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task After_its_window_a_stale_value_is_not_served()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { StaleWhileRevalidate = 5 * Second });
        _time.Advance(Life + (5 * Second) + ExpiringCache.Tick);

        Task<string> caller = AskAsync().AsTask();

        Assert.False(caller.IsCompleted);
        _source.AwaitCalls(1);
        End("new");
        Assert.Equal("new", await caller);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_failed_revalidation_is_not_repeated_for_a_while()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { StaleWhileRevalidate = 100 * Second, FailSafeThrottle = 2 * Second });
        _time.Advance(Life + Second);
        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(1);
        Fail();

        Assert.Equal("old", await AskAsync());
        Assert.Equal(0, Cache.LoadsInProgress);
        _time.Advance(2 * Second + ExpiringCache.Tick);
        Assert.Equal("old", await AskAsync());
        _source.AwaitCalls(2);
        End("new", call: 1);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stale_value_saves_all_who_wait_from_a_failure(bool isSync)
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second });
        _time.Advance(Life + Second);
        Task<string> leader = isSync
            ? Task.Run(() => Cache.GetOrAdd(1, _ => _source.Ask().GetAwaiter().GetResult()))
            : AskAsync().AsTask();
        _source.AwaitCalls(1);
        Task<string> joined = AskAsync().AsTask();

        Fail();

        Assert.Equal("old", await leader);
        Assert.Equal("old", await joined);
        Assert.False(Cache.ContainsKey(1));
        Cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task After_a_failure_the_factory_is_left_alone_for_a_while_and_then_called_again()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second, FailSafeThrottle = 3 * Second });
        _time.Advance(Life + Second);
        await FailOnceAsync();

        _time.Advance(3 * Second - ExpiringCache.Tick);
        Assert.Equal("old", await AskAsync());
        Assert.Equal("old", Cache.GetOrAdd(1, _ => throw new InvalidDataException("throttled")));
        Assert.Equal(1, _source.Calls);

        _time.Advance(2 * ExpiringCache.Tick);
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(2);
        End("new", call: 1);
        Assert.Equal("new", await caller);
        Assert.True(Cache.ContainsKey(1));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task A_value_that_is_too_old_saves_nobody_throttled_or_not(int throttle)
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 20 * Second, FailSafeThrottle = throttle * Second });
        _time.Advance(Life + (15 * Second));
        await FailOnceAsync();

        _time.Advance(6 * Second);
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(2);
        _source.Fail(new InvalidDataException("broken"), call: 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => caller);
        Wait.Until(() => Cache.LoadsInProgress == 0);
        Cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_becomes_too_old_while_the_load_runs_saves_nobody()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 20 * Second });
        _time.Advance(Life + (15 * Second));
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(1);

        _time.Advance(10 * Second);
        _source.Fail(new InvalidDataException("broken"));

        await Assert.ThrowsAsync<InvalidDataException>(() => caller);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_value_that_was_removed_while_the_load_ran_saves_nobody()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second });
        _time.Advance(Life + Second);
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(1);

        Cache.TryRemove(1);
        _source.Fail(new InvalidDataException("broken"));

        await Assert.ThrowsAsync<InvalidDataException>(() => caller);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_stale_value_saves_from_a_load_that_takes_too_long()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second, HardTimeout = Second });
        _time.Advance(Life + Second);
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(1);
        Wait.Until(() => _time.ActiveTimers >= 2);

        _time.Advance(Second);

        Assert.Equal("old", await caller);
        Assert.True(_source.TokenOf(0).IsCancellationRequested);
        Wait.Until(() => Cache.LoadsInProgress == 0);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_caller_who_gives_up_is_not_saved()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second });
        _time.Advance(Life + Second);
        using var cancellation = new CancellationTokenSource();
        Task<string> caller = Cache.GetOrAddAsync(1, (_, token) => _source.AskOrGiveUp(token), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        Wait.Until(() => Cache.LoadsInProgress == 0);

        // Nobody has failed: the next call is not throttled.
        Task<string> next = AskAsync().AsTask();
        _source.AwaitCalls(2);
        End("new", call: 1);
        Assert.Equal("new", await next);
    }

    private void Make(LoadOptions loading, EntryOptions? entry = null)
    {
        _made = ExpiringCache.Of<int, string>(_time, options =>
        {
            options.ExpireAfterWrite = Life;
            options.Loading = loading;
        });
        if (entry is { } kept)
        {
            kept = new EntryOptions { ExpireAfterWrite = Timeout.InfiniteTimeSpan, ExpireAfterAccess = kept.ExpireAfterAccess };
            _made.Set(1, "old", kept);
        }
        else
        {
            _made.Set(1, "old");
        }
    }

    private ValueTask<string> AskAsync() => Cache.GetOrAddAsync(1, (_, token) => _source.Ask(token));

    private async Task FailOnceAsync()
    {
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(1);
        Fail();
        Assert.Equal("old", await caller);
    }

    private void End(string value, int call = 0)
    {
        _source.Answer(value, call);
        Wait.Until(() => Cache.LoadsInProgress == 0);
    }

    private void Fail()
    {
        _source.Fail(new InvalidDataException("broken"));
        Wait.Until(() => Cache.LoadsInProgress == 0);
    }
}
