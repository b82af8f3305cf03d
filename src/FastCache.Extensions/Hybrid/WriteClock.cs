namespace FastCache.Extensions.Hybrid;

/// <summary>Says in which order values were made and tags invalidated, across the processes that share a second level.</summary>
/// <remarks>
/// A wall clock in ticks of UTC that never goes back, and is ahead of whatever it has seen from others: what this process makes after
/// it has seen an invalidation is newer than that, whosever clock is wrong. Thread-safe.
/// </remarks>
internal sealed class WriteClock(TimeProvider timeProvider)
{
    /// <summary>A stamp from further ahead is no stamp but damage.</summary>
    public static readonly TimeSpan LargestSkew = TimeSpan.FromDays(1);

    private long _latest;

    public long Now => timeProvider.GetUtcNow().UtcTicks;

    /// <summary>The stamp of a value whose making begins now: later than all invalidations so far.</summary>
    public long NextWrite()
    {
        while (true)
        {
            long latest = Volatile.Read(ref _latest);
            long now = Now;
            if (now <= latest)
            {
                return latest;
            }

            if (Interlocked.CompareExchange(ref _latest, now, latest) == latest)
            {
                return now;
            }
        }
    }

    /// <summary>The moment of an invalidation: not before any stamp so far, and before all that follow.</summary>
    public long NextInvalidation()
    {
        while (true)
        {
            long latest = Volatile.Read(ref _latest);
            long moment = Math.Max(Now, latest);
            if (Interlocked.CompareExchange(ref _latest, moment + 1, latest) == latest)
            {
                return moment;
            }
        }
    }

    /// <summary>Another process has had this stamp. False if that cannot be.</summary>
    public bool TryObserve(long stamp)
    {
        if (stamp < 0 || stamp > Now + LargestSkew.Ticks)
        {
            return false;
        }

        long latest = Volatile.Read(ref _latest);
        while (stamp >= latest)
        {
            long seen = Interlocked.CompareExchange(ref _latest, stamp + 1, latest);
            if (seen == latest)
            {
                break;
            }

            latest = seen;
        }

        return true;
    }
}
