namespace FastCache.Tests.Unit.TestTypes;

/// <summary>A time provider whose own code does what a test tells it to. Time is that of another one.</summary>
internal sealed class ScriptedTimeProvider(ManualTimeProvider time) : TimeProvider
{
    private int _timersCreated;

    /// <summary>Called before a timer is made.</summary>
    public Action? OnCreateTimer { get; set; }

    /// <summary>Called before a timestamp is taken.</summary>
    public Action? OnGetTimestamp { get; set; }

    /// <summary>Called before a timer is disposed.</summary>
    public Action? OnDispose { get; set; }

    public int TimersCreated => Volatile.Read(ref _timersCreated);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp()
    {
        OnGetTimestamp?.Invoke();
        return time.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        OnCreateTimer?.Invoke();
        Interlocked.Increment(ref _timersCreated);
        return new ScriptedTimer(time.CreateTimer(callback, state, dueTime, period), this);
    }

    private sealed class ScriptedTimer(ITimer timer, ScriptedTimeProvider provider) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            provider.OnDispose?.Invoke();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
