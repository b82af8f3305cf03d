using FastCache.Bench.Contestants;
using FastCache.Bench.HitRate;

namespace FastCache.Bench.Advise;

/// <summary>
/// A cache and its traffic, both scaled down alike: what share of the requests it would hit is the answer for the large one.
/// </summary>
/// <remarks>
/// Waldspurger et al., "Cache Modeling and Optimization using Miniature Simulations", USENIX ATC 2017. A sample with too many or too few
/// requests has a popular key too many or too few, whose requests are hits: the difference is taken off, or added (SHARDS-adj).
/// </remarks>
internal static class Miniature
{
    /// <summary>Below it a miniature's policy has too little room to behave as the large one's.</summary>
    public const int FewestEntries = 25;

    public static int CapacityOf(int capacity, int oneIn) => Math.Max(1, (int)Math.Round(capacity / (double)oneIn));

    public static double HitRate(Trace sample, long requestsOfAll, int oneIn, CacheShape shape)
    {
        Replay.Outcome outcome = Replay.Run<FastCacheContestant<Plain>>(sample, shape with { Capacity = CapacityOf(shape.Capacity, oneIn) });
        if (outcome.Flaw is { } flaw)
        {
            throw new InvalidOperationException(flaw);
        }

        double expected = requestsOfAll / (double)oneIn;
        return Math.Clamp((outcome.Hits + expected - sample.Requests.Length) / expected, 0, 1);
    }
}
