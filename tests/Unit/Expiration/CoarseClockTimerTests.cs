using System.Runtime.CompilerServices;
using FastCache.Expiration;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Expiration;

/// <summary>When the timer runs, and who is told.</summary>
public class CoarseClockTimerTests
{
    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(Tick.Length);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedTimeProvider _provider;
    private readonly CoarseClock _clock;

    public CoarseClockTimerTests()
    {
        _provider = new ScriptedTimeProvider(_time);
        _clock = new CoarseClock(_provider);
    }

    [Fact]
    public void Nothing_runs_without_a_listener()
    {
        _clock.Refresh();

        AssertStopped();
    }

    [Fact]
    public void One_timer_runs_from_the_first_listener_to_the_last()
    {
        var first = new ScriptedTickListener();
        var second = new ScriptedTickListener();

        _clock.Join(first);
        AssertRuns();
        _clock.Join(second);
        AssertRuns();
        _clock.Leave(first);
        AssertRuns();
        _clock.Leave(second);
        AssertStopped();

        Assert.Equal(1, _provider.TimersCreated);
    }

    [Fact]
    public void Each_listener_is_told_each_tick_from_joining_to_leaving()
    {
        var first = new ScriptedTickListener();
        var second = new ScriptedTickListener();

        _clock.Join(first);
        _time.Advance(OneTick * 2);
        _clock.Join(second);
        _time.Advance(OneTick * 2);
        _clock.Leave(first);
        _time.Advance(OneTick * 2);

        Assert.Equal([2, 3, 4, 5], first.Ticks);
        Assert.Equal([4, 5, 6, 7], second.Ticks);
        Assert.Equal(7u, _clock.Cell.Now);
    }

    [Fact]
    public void A_timer_that_comes_late_tells_the_tick_that_it_is_now()
    {
        var listener = new ScriptedTickListener();
        _clock.Join(listener);

        _time.AdvanceAtOnce(OneTick * 100);

        Assert.Equal([101], listener.Ticks);
        Assert.Equal(101u, _clock.Cell.Now);
    }

    [Fact]
    public void A_clock_that_stood_still_is_right_again_when_somebody_joins()
    {
        var listener = new ScriptedTickListener();
        _clock.Join(listener);
        _clock.Leave(listener);
        _time.Advance(OneTick * 100);
        Assert.Equal(1u, _clock.Cell.Now);

        _clock.Join(listener);

        AssertRuns();
        Assert.Equal(101u, _clock.Cell.Now);
        _time.Advance(OneTick);
        Assert.Equal([102], listener.Ticks);
    }

    [Fact]
    public void Ticks_that_begin_while_the_timer_is_made_are_not_missed()
    {
        _provider.OnCreateTimer = () => _time.AdvanceAtOnce(OneTick * 10);

        _clock.Join(new ScriptedTickListener());

        Assert.Equal(11u, _clock.Cell.Now);
    }

    [Fact]
    public void A_stranger_may_leave()
    {
        var listener = new ScriptedTickListener();
        _clock.Leave(new ScriptedTickListener());
        _clock.Join(listener);
        _clock.Leave(new ScriptedTickListener());

        AssertRuns();
        _time.Advance(OneTick);
        Assert.Single(listener.Ticks);
    }

    [Fact]
    public void A_listener_may_leave_and_another_join_while_they_are_told()
    {
        var newcomer = new ScriptedTickListener();
        ScriptedTickListener? leaver = null;
        leaver = new ScriptedTickListener(() =>
        {
            _clock.Leave(leaver!);
            _clock.Join(newcomer);
        });
        _clock.Join(leaver);

        _time.Advance(OneTick * 3);

        Assert.Equal([2], leaver.Ticks);
        Assert.Equal([3, 4], newcomer.Ticks);
        AssertRuns();
    }

    [Fact]
    public void The_last_listener_may_leave_while_it_is_told()
    {
        ScriptedTickListener? listener = null;
        listener = new ScriptedTickListener(() => _clock.Leave(listener!));
        _clock.Join(listener);

        _time.Advance(OneTick * 3);

        Assert.Equal([2], listener.Ticks);
        AssertStopped();
    }

    [Fact]
    public void A_forgotten_listener_is_dropped_at_the_next_tick_and_the_timer_with_the_last()
    {
        var kept = new ScriptedTickListener();
        WeakReference forgotten = JoinAndForget();
        _clock.Join(kept);
        Collect(forgotten);

        _time.Advance(OneTick);
        AssertRuns();
        Assert.Equal([2], kept.Ticks);
        _clock.Leave(kept);
        AssertStopped();

        Collect(JoinAndForget());
        AssertRuns();
        _time.Advance(OneTick);
        AssertStopped();
    }

    [Fact]
    public void A_forgotten_listener_does_not_keep_the_timer_when_the_others_leave()
    {
        var kept = new ScriptedTickListener();
        _clock.Join(kept);
        Collect(JoinAndForget());

        _clock.Leave(kept);

        AssertStopped();
    }

    [Fact]
    public void A_forgotten_time_provider_can_be_collected_with_its_clock()
    {
        (WeakReference provider, WeakReference clock) = MakeAndForget();

        Collect(provider);
        Collect(clock);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference Provider, WeakReference Clock) MakeAndForget()
        {
            var time = new ManualTimeProvider();
            CoarseClock clock = CoarseClock.For(time);
            var listener = new ScriptedTickListener();
            clock.Join(listener);
            time.Advance(OneTick);
            Assert.Single(listener.Ticks);
            return (new WeakReference(time), new WeakReference(clock));
        }
    }

    [Fact]
    public void The_timer_does_not_run_in_the_context_of_who_happened_to_start_it()
    {
        var context = new AsyncLocal<string>();
        var seen = new List<string?>();
        var listener = new ScriptedTickListener(() => seen.Add(context.Value));
        context.Value = "joined first";
        _clock.Join(listener);
        Assert.False(ExecutionContext.IsFlowSuppressed());

        context.Value = "lets time pass";
        _time.Advance(OneTick);

        Assert.Equal(["lets time pass"], seen);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference JoinAndForget()
    {
        var listener = new ScriptedTickListener();
        _clock.Join(listener);
        return new WeakReference(listener);
    }

    private static void Collect(WeakReference reference)
    {
        for (int attempt = 0; attempt < 20 && reference.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(reference.IsAlive);
    }

    private void AssertRuns() => Assert.Equal((true, 1), (_clock.IsRunning, _time.ActiveTimers));

    private void AssertStopped() => Assert.Equal((false, 0), (_clock.IsRunning, _time.ActiveTimers));
}
