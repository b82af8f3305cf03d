namespace FastCache;

/// <summary>
/// What has happened in a cache since it was made, and what it holds now. A copy; each number was right at some moment of the call.
/// </summary>
public readonly record struct CacheStatistics
{
    /// <summary>Reads that asked for a value: <see cref="Hits"/> and <see cref="Misses"/>.</summary>
    public long Requests => Hits + Misses;

    /// <summary>
    /// Requests whose value was there. Counted if <see cref="CacheOptions{TKey, TValue}.CountRequests"/> is set, else 0. Threads
    /// that count at the same moment may lose a few; while one thread counts, the number is exact.
    /// </summary>
    /// <remarks>
    /// A request is a call of <c>TryGet</c>, <c>Touch</c>, <c>GetOrAdd</c> or <c>GetOrAddAsync</c>, or one key of <c>GetMany</c> or
    /// <c>GetOrAddManyAsync</c>; not <c>TryPeek</c> or <c>ContainsKey</c>.
    /// </remarks>
    public long Hits { get; init; }

    /// <summary>Requests whose value was not there, or had expired. Counted as <see cref="Hits"/> are.</summary>
    public long Misses { get; init; }

    /// <summary>The share of requests that were hits, from 0 to 1; 0 if there were no requests.</summary>
    public double HitRatio => Requests == 0 ? 0 : (double)Hits / Requests;

    /// <summary>Loads that have ended: with a value, in an exception or cancelled.</summary>
    public long Loads { get; init; }

    /// <summary>Loads that ended in an exception. Cancelled ones are not among them.</summary>
    public long LoadFailures { get; init; }

    /// <summary>Loads that ended because they were cancelled.</summary>
    public long LoadCancellations { get; init; }

    /// <summary>
    /// How long all <see cref="Loads"/> took together, by the cache's time provider. Those that ran at the same time each count in
    /// full, so that <c>TotalLoadTime / Loads</c> is the mean of one. Zero unless
    /// <see cref="CacheOptions{TKey, TValue}.CountRequests"/> is set.
    /// </summary>
    public TimeSpan TotalLoadTime { get; init; }

    /// <summary>Values that a load in the background has renewed while the one before was still served.</summary>
    public long Refreshes { get; init; }

    /// <summary>Requests that were answered with a value past its time, because the load of a new one failed or took too long.</summary>
    public long StaleServed { get; init; }

    /// <summary>Entries that were given up for others, or by <c>Trim</c>.</summary>
    public long Evictions { get; init; }

    /// <summary>Entries that were reclaimed because they had expired.</summary>
    public long Expirations { get; init; }

    /// <summary>Values that were not kept because they weigh more than <c>MaxEntryWeight</c>.</summary>
    public long RefusedAsTooHeavy { get; init; }

    /// <summary>
    /// Values that were not kept because they would have pushed out entries that are asked for more often, for their weight.
    /// </summary>
    public long RefusedByAdmission { get; init; }

    /// <summary>Values that were not kept because they would have expired at once.</summary>
    public long RefusedAsExpired { get; init; }

    /// <summary>Calls of removal listeners that ended in an exception.</summary>
    public long ListenerFailures { get; init; }

    /// <summary>The entries now: <see cref="Cache{TKey, TValue}.Count"/>.</summary>
    public long Count { get; init; }

    /// <summary>What the entries weigh now, in the weigher's unit; without a weigher their number.</summary>
    public long Weight { get; init; }

    internal CacheStatistics Plus(in CacheStatistics other) => new()
    {
        Hits = Hits + other.Hits,
        Misses = Misses + other.Misses,
        Loads = Loads + other.Loads,
        LoadFailures = LoadFailures + other.LoadFailures,
        LoadCancellations = LoadCancellations + other.LoadCancellations,
        TotalLoadTime = TotalLoadTime + other.TotalLoadTime,
        Refreshes = Refreshes + other.Refreshes,
        StaleServed = StaleServed + other.StaleServed,
        Evictions = Evictions + other.Evictions,
        Expirations = Expirations + other.Expirations,
        RefusedAsTooHeavy = RefusedAsTooHeavy + other.RefusedAsTooHeavy,
        RefusedByAdmission = RefusedByAdmission + other.RefusedByAdmission,
        RefusedAsExpired = RefusedAsExpired + other.RefusedAsExpired,
        ListenerFailures = ListenerFailures + other.ListenerFailures,
        Count = Count + other.Count,
        Weight = Weight + other.Weight,
    };
}
