using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

public sealed partial class OldValueTests
{
    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_has_waited_long_enough_gets_the_stale_value_and_the_result_arrives_later()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second, SoftTimeout = 2 * Second });
        _time.Advance(Life + Second);
        Task<string> first = AskAsync().AsTask();
        _source.AwaitCalls(1);
        _time.Advance(Second);
        Task<string> second = AskAsync().AsTask();

        _time.Advance(Second);
        Assert.Equal("old", await first);
        Assert.False(second.IsCompleted);
        _time.Advance(Second);
        Assert.Equal("old", await second);
        Assert.False(_source.TokenOf(0).IsCancellationRequested);
        Assert.Equal(1, Cache.LoadsInProgress);

        End("new");
        Assert.Equal("new", await AskAsync());
        Assert.Equal(1, _source.Calls);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Who_is_answered_in_time_gets_the_new_value()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second, SoftTimeout = 2 * Second });
        _time.Advance(Life + Second);
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(1);
        _time.Advance(Second);

        End("new");

        Assert.Equal("new", await caller);

        // Else this runs inside what is to take down the timer.
        await Task.Yield();
        Wait.Until(() => _time.ActiveTimers <= 1);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("there is none")]
    [InlineData("it is too old")]
    [InlineData("it was removed")]
    public async Task Without_a_stale_value_everybody_waits_on(string why)
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second, SoftTimeout = 2 * Second });
        _time.Advance(Life + (why == "it is too old" ? 101 * Second : Second));
        if (why == "there is none")
        {
            Cache.Clear();
        }

        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(1);
        if (why == "it was removed")
        {
            Cache.TryRemove(1);
        }

        _time.Advance(3 * Second);
        Assert.False(caller.IsCompleted);
        _source.Answer("new");
        Assert.Equal("new", await caller);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_failure_after_everybody_was_served_the_stale_value_is_throttled()
    {
        await Wait.LeaveRunner();
        Make(new LoadOptions { FailSafeMaxDuration = 100 * Second, SoftTimeout = Second, FailSafeThrottle = 5 * Second });
        _time.Advance(Life + Second);
        Task<string> caller = AskAsync().AsTask();
        _source.AwaitCalls(1);
        _time.Advance(Second);
        Assert.Equal("old", await caller);

        Fail();

        Assert.Equal("old", await AskAsync());
        Assert.Equal(1, _source.Calls);
        Assert.Equal(0, Cache.LoadsInProgress);
    }
}
