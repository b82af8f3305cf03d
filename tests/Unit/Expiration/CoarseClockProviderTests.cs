using FastCache.Expiration;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Expiration;

/// <summary>Time providers that throw, block, and call back.</summary>
public class CoarseClockProviderTests
{
    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(Tick.Length);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedTimeProvider _provider;
    private readonly CoarseClock _clock;
    private readonly ScriptedTickListener _listener = new();
    private readonly ScriptedTickListener _other = new();

    public CoarseClockProviderTests()
    {
        _provider = new ScriptedTimeProvider(_time);
        _clock = new CoarseClock(_provider);
    }

    public static MatrixTheoryData<string, string> Reentries
        => new(["CreateTimer", "GetTimestamp", "Dispose"], ["Join", "Leave", "Refresh", "IsRunning"]);

    [Theory]
    [MemberData(nameof(Reentries))]
    public void No_code_of_the_provider_runs_under_the_lock(string called, string calls)
    {
        bool hasCalled = false;
        Action reentry = () =>
        {
            // Once: it may be called by what it calls.
            if (!hasCalled)
            {
                hasCalled = true;
                OnAnotherThread(() => Call(calls));
            }
        };
        _provider.OnCreateTimer = called == "CreateTimer" ? reentry : null;
        _provider.OnGetTimestamp = called == "GetTimestamp" ? reentry : null;
        _provider.OnDispose = called == "Dispose" ? reentry : null;

        _clock.Join(_listener);
        _time.Advance(OneTick);
        _clock.Leave(_listener);
        _clock.Leave(_other);

        Assert.True(hasCalled);
        AssertStopped();
    }

    [Theory]
    [InlineData("CreateTimer")]
    [InlineData("GetTimestamp")]
    [InlineData("GetTimestamp after CreateTimer")]
    public void A_provider_that_throws_leaves_neither_listener_nor_timer_and_the_next_one_may_join(string thrower)
    {
        Action failure = () => throw new OutOfMemoryException();
        _provider.OnCreateTimer = thrower switch
        {
            "CreateTimer" => failure,
            "GetTimestamp" => null,
            _ => () => _provider.OnGetTimestamp = failure,
        };
        _provider.OnGetTimestamp = thrower == "GetTimestamp" ? failure : null;

        Assert.Throws<OutOfMemoryException>(() => _clock.Join(_listener));

        AssertStopped();
        (_provider.OnCreateTimer, _provider.OnGetTimestamp) = (null, null);
        _clock.Join(_other);
        AssertRuns();
        _time.Advance(OneTick);
        Assert.Empty(_listener.Ticks);
        Assert.Equal([2], _other.Ticks);
        _clock.Leave(_other);
        AssertStopped();
    }

    [Fact]
    public void A_start_that_fails_does_not_leave_those_without_a_timer_who_joined_meanwhile()
    {
        _provider.OnCreateTimer = () =>
        {
            _provider.OnCreateTimer = null;
            OnAnotherThread(() => _clock.Join(_other));
            throw new OutOfMemoryException();
        };

        Assert.Throws<OutOfMemoryException>(() => _clock.Join(_listener));

        AssertRuns();
        _time.Advance(OneTick);
        Assert.Empty(_listener.Ticks);
        Assert.Equal([2], _other.Ticks);
    }

    [Fact]
    public void Listeners_that_join_during_a_start_share_one_timer()
    {
        _provider.OnCreateTimer = () =>
        {
            _provider.OnCreateTimer = null;
            OnAnotherThread(() => _clock.Join(_other));
        };

        _clock.Join(_listener);

        AssertRuns();
        _time.Advance(OneTick);
        Assert.Equal([2], _listener.Ticks);
        Assert.Equal([2], _other.Ticks);
    }

    [Fact]
    public void A_timer_that_nobody_needs_any_more_when_it_has_been_made_is_disposed()
    {
        _provider.OnCreateTimer = () => _clock.Leave(_listener);

        _clock.Join(_listener);

        AssertStopped();
        _provider.OnCreateTimer = null;
        _clock.Join(_listener);
        AssertRuns();
    }

    [Fact]
    public void Who_joins_when_the_only_other_left_during_its_start_has_a_timer()
    {
        _provider.OnCreateTimer = () =>
        {
            _provider.OnCreateTimer = null;
            _clock.Leave(_listener);
            _clock.Join(_other);
        };

        _clock.Join(_listener);

        AssertRuns();
        _time.Advance(OneTick);
        Assert.Empty(_listener.Ticks);
        Assert.Equal([2], _other.Ticks);
    }

    [Fact]
    public void Threads_that_join_and_leave_end_with_no_timer_and_one_that_stays_has_its_ticks()
    {
        Crew.Run(4, number =>
        {
            var listener = new ScriptedTickListener();
            for (int i = 0; i < 2000; i++)
            {
                _clock.Join(listener);
                _clock.Leave(listener);
            }
        });
        AssertStopped();

        Crew.Run(4, number =>
        {
            var listener = new ScriptedTickListener();
            for (int i = 0; i < 2000; i++)
            {
                _clock.Join(listener);
                if (number == 0 && i == 1000)
                {
                    _clock.Join(_other);
                }

                _clock.Leave(listener);
            }
        });
        AssertRuns();
        _time.Advance(OneTick);
        Assert.Equal([2], _other.Ticks);
    }

    private void Call(string member)
    {
        switch (member)
        {
            case "Join":
                _clock.Join(_other);
                break;
            case "Leave":
                _clock.Leave(_other);
                break;
            case "Refresh":
                _clock.Refresh();
                break;
            default:
                _ = _clock.IsRunning;
                break;
        }
    }

    /// <summary>A thread that waits for a lock of its caller ends the test, not the run.</summary>
    private static void OnAnotherThread(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Wait.Watchdog), "It waits for a lock that the provider's caller holds.");
    }

    private void AssertRuns() => Assert.Equal((true, 1), (_clock.IsRunning, _time.ActiveTimers));

    private void AssertStopped() => Assert.Equal((false, 0), (_clock.IsRunning, _time.ActiveTimers));
}
