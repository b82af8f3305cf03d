namespace FastCache.Tests.Unit.TestTypes;

/// <summary>A time provider whose time passes when a test says so.</summary>
/// <remarks>
/// Timers are held strongly, and their callbacks run in the context of their creator, as in the runtime. They run on the
/// thread that lets time pass, outside of any lock. They follow the time that has passed: setting the clock back does not
/// put them off. Thread-safe.
/// </remarks>
internal sealed class ManualTimeProvider : TimeProvider
{
    // Neither is zero, so that nothing works by chance.
    private const long FirstTimestamp = 987_654_321;
    private static readonly DateTimeOffset FirstUtc = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private long _passed;
    private long _promised;
    private long _setBack;
    private long _armings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timers that will fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    private long Shown
    {
        get
        {
            lock (_gate)
            {
                return _passed - _setBack;
            }
        }
    }

    public override long GetTimestamp() => FirstTimestamp + Shown;

    public override DateTimeOffset GetUtcNow() => FirstUtc + TimeSpan.FromTicks(Shown);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass from one due timer to the next: each sees the moment at which it is due.</summary>
    public void Advance(TimeSpan time)
    {
        long end;
        lock (_gate)
        {
            end = _promised += time.Ticks;
        }

        FireUpTo(end);
        lock (_gate)
        {
            _passed = Math.Max(_passed, end);
        }
    }

    /// <summary>Lets time pass at once: the timers that are due fire afterwards, each of them once.</summary>
    public void AdvanceAtOnce(TimeSpan time)
    {
        long end;
        lock (_gate)
        {
            _promised += time.Ticks;
            end = _passed = Math.Max(_passed, _promised);
        }

        FireUpTo(end);
    }

    /// <summary>Sets the timestamps and the wall clock to a moment, forwards or back, and fires nothing.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        lock (_gate)
        {
            _setBack = _passed - (moment - FirstUtc).Ticks;
        }
    }

    /// <summary>Sets the timestamps and the wall clock back.</summary>
    public void JumpBack(TimeSpan time)
    {
        lock (_gate)
        {
            _setBack += time.Ticks;
        }
    }

    private void FireUpTo(long end)
    {
        while (TakeNext(end) is { } timer)
        {
            timer.Fire();
        }
    }

    private ManualTimer? TakeNext(long end)
    {
        lock (_gate)
        {
            ManualTimer? next = _armed.MinBy(timer => (timer.Due, timer.Arming));
            if (next is null || next.Due > end)
            {
                return null;
            }

            _passed = Math.Max(_passed, next.Due);
            _armed.Remove(next);
            if (next.Period > 0)
            {
                Arm(next, _passed + next.Period);
            }

            return next;
        }
    }

    private void Arm(ManualTimer timer, long due)
    {
        (timer.Due, timer.Arming) = (due, ++_armings);
        _armed.Add(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider provider, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private bool _isDisposed;

        public long Due { get; set; }

        public long Period { get; private set; }

        /// <summary>Which of two timers fires first when both are due.</summary>
        public long Arming { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (provider._gate)
            {
                provider._armed.Remove(this);
                Period = Math.Max(0, period.Ticks);
                if (_isDisposed)
                {
                    return false;
                }

                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    provider.Arm(this, provider._passed + dueTime.Ticks);
                }

                return true;
            }
        }

        public void Fire()
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, new ContextCallback(callback), state);
            }
        }

        public void Dispose()
        {
            lock (provider._gate)
            {
                provider._armed.Remove(this);
                _isDisposed = true;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
