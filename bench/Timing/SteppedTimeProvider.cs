namespace FastCache.Bench.Timing;

/// <summary>Time that passes when it is told to. Its timers never fire: whoever steps does what they would have done.</summary>
internal sealed class SteppedTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset FirstUtc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan duration) => Interlocked.Add(ref _now, duration.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => FirstUtc + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
