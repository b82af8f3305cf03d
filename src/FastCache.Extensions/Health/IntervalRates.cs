namespace FastCache.Extensions.Health;

/// <summary>What has happened in a cache in an interval, of what is a matter of rates.</summary>
/// <param name="Hits">Requests that were hits.</param>
/// <param name="Requests">All requests.</param>
/// <param name="Evictions">Entries that were given up for others.</param>
/// <param name="UsualHitRatio">The share of hits in the intervals before; null if there were too few requests to tell.</param>
internal readonly record struct IntervalRates(long Hits, long Requests, long Evictions, double? UsualHitRatio)
{
    public double HitRatio => Requests == 0 ? 0 : (double)Hits / Requests;

    public double EvictionsPerHit => (double)Evictions / Math.Max(1, Hits);
}
