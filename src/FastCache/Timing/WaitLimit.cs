namespace FastCache.Timing;

/// <summary>How long is waited, as timers understand it: they know no times of more than seven weeks.</summary>
internal static class WaitLimit
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>A longer limit is none.</summary>
    public static TimeSpan Of(TimeSpan limit) => limit <= Longest ? limit : Timeout.InfiniteTimeSpan;
}
