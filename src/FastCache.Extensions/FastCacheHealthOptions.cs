namespace FastCache.Extensions;

/// <summary>From when on a cache is reported as not well by <c>AddHealthChecks().AddFastCache()</c>. Read at every check.</summary>
/// <remarks>
/// Bound from the section <c>FastCache:Health</c>, then what code says is applied. Rates are those of whole intervals, whoever checks and
/// however often: a check within an interval reports what the one before came to.
/// </remarks>
public sealed class FastCacheHealthOptions
{
    /// <summary>
    /// The shortest time over which rates are counted. An interval ends with the first check after this time. What happens to a log is
    /// reported until the end of the interval after it. The default is five minutes; at least one second.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An interval with fewer requests says nothing about hits and evictions. The default is 1,000; at least 1.
    /// </summary>
    public int MinRequests { get; set; } = 1_000;

    /// <summary>
    /// How far the share of hits in an interval may be below the usual one, both from 0 to 1. What is usual is counted over all intervals, each
    /// of which weighs a tenth less than the next. So a fall that stays becomes usual in the end. The default is 0.2; above 0, at most 1.
    /// </summary>
    public double MaxHitRatioDrop { get; set; } = 0.2;

    /// <summary>The least share of hits in an interval, from 0 to 1. Null, the default: any is well that is not a fall.</summary>
    public double? MinHitRatio { get; set; }

    /// <summary>
    /// How many entries a cache may give up for others for each of its hits, in an interval in which it has given up as many as it holds:
    /// with more it does not keep what is asked for. The default is 10; above 0.
    /// </summary>
    public double MaxEvictionsPerHit { get; set; } = 10;

    /// <summary>How much of its largest size a log may take, from 0 to 1. The default is 0.9; above 0.</summary>
    public double MaxLogFill { get; set; } = 0.9;

    /// <summary>
    /// For what share of its records a writer may have to wait because the disk does not keep up, if at least ten did. The default is 0.01;
    /// from 0 to 1.
    /// </summary>
    public double MaxLogWaitRatio { get; set; } = 0.01;

    /// <summary>
    /// How much must be free on a log's disk, in units of 1,048,576 bytes. The default is 256; 0: it is not looked at.
    /// </summary>
    public int MinFreeDiskMegabytes { get; set; } = 256;
}
