namespace FastCache;

/// <summary>What has happened in a cache since it was made. A copy; each number was right at some moment of the call.</summary>
public readonly record struct CacheStatistics
{
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

    internal CacheStatistics Plus(in CacheStatistics other) => new()
    {
        Evictions = Evictions + other.Evictions,
        Expirations = Expirations + other.Expirations,
        RefusedAsTooHeavy = RefusedAsTooHeavy + other.RefusedAsTooHeavy,
        RefusedByAdmission = RefusedByAdmission + other.RefusedByAdmission,
        RefusedAsExpired = RefusedAsExpired + other.RefusedAsExpired,
    };
}
