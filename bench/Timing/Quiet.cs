namespace FastCache.Bench.Timing;

/// <summary>
/// Waits until the process does nothing in the background, so that nobody pays for what the contestant before has left
/// over: a compaction on the thread pool, a background collection, methods queued for recompilation.
/// </summary>
internal static class Quiet
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static void Await()
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < Patience; waited += Interval)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(Interval);
            if (Environment.CpuUsage.TotalTime - before < Interval / 4)
            {
                return;
            }
        }
    }
}
