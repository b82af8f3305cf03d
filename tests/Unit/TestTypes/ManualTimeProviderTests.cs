using Xunit;

namespace FastCache.Tests.Unit.TestTypes;

public class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void A_periodic_timer_fires_once_a_period_and_each_timer_sees_the_moment_at_which_it_is_due()
    {
        using ITimer periodic = Timer("periodic", due: 10, period: 10);
        using ITimer once = Timer("once", due: 25, period: Timeout.Infinite);

        _time.Advance(TimeSpan.FromMilliseconds(35));

        Assert.Equal(["periodic at 10", "periodic at 20", "once at 25", "periodic at 30"], _fired);
        Assert.Equal(1, _time.ActiveTimers);
    }

    [Fact]
    public void Time_that_passes_at_once_fires_each_timer_once_and_afterwards()
    {
        using ITimer periodic = Timer("periodic", due: 10, period: 10);
        using ITimer once = Timer("once", due: 5, period: Timeout.Infinite);

        _time.AdvanceAtOnce(TimeSpan.FromMilliseconds(35));
        _time.AdvanceAtOnce(TimeSpan.FromMilliseconds(9));
        _time.AdvanceAtOnce(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["once at 35", "periodic at 35", "periodic at 45"], _fired);
    }

    [Fact]
    public void Clocks_that_are_set_back_go_on_from_there_and_timers_fire_all_the_same()
    {
        long timestamp = _time.GetTimestamp();
        DateTimeOffset utc = _time.GetUtcNow();
        using ITimer timer = Timer("timer", due: 10, period: Timeout.Infinite);

        _time.JumpBack(TimeSpan.FromMilliseconds(100));
        _time.Advance(TimeSpan.FromMilliseconds(10));

        Assert.Equal(TimeSpan.FromMilliseconds(-90), _time.GetElapsedTime(timestamp));
        Assert.Equal(TimeSpan.FromMilliseconds(-90), _time.GetUtcNow() - utc);
        Assert.Single(_fired);
    }

    [Fact]
    public void A_disposed_timer_fires_no_more_and_neither_does_one_that_another_disposes_when_both_are_due()
    {
        ITimer disposed = Timer("disposed", due: 10, period: 10);
        ITimer victim = Timer("victim", due: 20, period: 20);
        using ITimer killer = _time.CreateTimer(
            _ => victim.Dispose(), null, TimeSpan.FromMilliseconds(15), Timeout.InfiniteTimeSpan);
        disposed.Dispose();

        _time.AdvanceAtOnce(TimeSpan.FromSeconds(1));

        Assert.Empty(_fired);
        Assert.Equal(0, _time.ActiveTimers);
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void A_callback_may_let_time_pass()
    {
        using ITimer timer = _time.CreateTimer(
            _ => _time.Advance(TimeSpan.FromMilliseconds(5)), null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        using ITimer later = Timer("later", due: 12, period: Timeout.Infinite);
        long start = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromMilliseconds(10));

        Assert.Equal(["later at 12"], _fired);
        Assert.Equal(TimeSpan.FromMilliseconds(15), _time.GetElapsedTime(start));
    }

    private ITimer Timer(string name, int due, int period)
    {
        long start = _time.GetTimestamp();
        return _time.CreateTimer(
            _ => _fired.Add($"{name} at {_time.GetElapsedTime(start).TotalMilliseconds:0}"),
            null,
            TimeSpan.FromMilliseconds(due),
            TimeSpan.FromMilliseconds(period));
    }
}
