namespace FastCache.Extensions.Health;

/// <summary>Divides the life of a cache into intervals, and remembers what it needs of those before. Not thread-safe.</summary>
/// <remarks>
/// An interval ends with the first look after its time, so whoever looks more often, or looks too, changes nothing. Events are counted
/// from the beginning of the interval before: each is seen for an interval at least, by everybody who looks that often.
/// </remarks>
internal sealed class CacheWatch
{
    // What an interval counts when the next one has ended.
    private const double Fading = 0.9;

    private readonly TimeProvider _time;
    private CacheFigures _atStart;
    private CacheFigures _atPreviousStart;
    private long _startedAt;
    private double _usualHits;
    private double _usualRequests;

    /// <param name="first">The first look. What has happened before is what is usual.</param>
    /// <param name="time">How long intervals are.</param>
    public CacheWatch(CacheFigures first, TimeProvider time)
    {
        _time = time;
        _atStart = _atPreviousStart = Last = first;
        _startedAt = time.GetTimestamp();
        _usualHits = first.Statistics.Hits;
        _usualRequests = first.Statistics.Requests;
    }

    /// <summary>What the last look has found.</summary>
    public CacheFigures Last { get; private set; }

    /// <summary>What the last interval that has ended came to; null if none has, or it had too few requests.</summary>
    public IntervalRates? Rates { get; private set; }

    /// <summary>What was found when the interval before began: what has happened since is news.</summary>
    public CacheFigures Before => _atPreviousStart;

    public void Look(CacheFigures now, FastCacheHealthOptions options)
    {
        Last = now;
        if (_time.GetElapsedTime(_startedAt) >= options.Interval)
        {
            EndInterval(now, options.MinRequests);
        }
    }

    private void EndInterval(CacheFigures now, int minRequests)
    {
        CacheStatistics start = _atStart.Statistics;
        CacheStatistics end = now.Statistics;
        long hits = Math.Max(0, end.Hits - start.Hits);
        long requests = hits + Math.Max(0, end.Misses - start.Misses);
        double? usual = _usualRequests >= minRequests ? _usualHits / _usualRequests : null;
        Rates = requests >= minRequests
            ? new IntervalRates(hits, requests, end.Evictions - start.Evictions, usual)
            : null;

        _usualHits = (_usualHits * Fading) + hits;
        _usualRequests = (_usualRequests * Fading) + requests;
        _atPreviousStart = _atStart;
        _atStart = now;
        _startedAt = _time.GetTimestamp();
    }
}
