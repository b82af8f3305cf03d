namespace FastCache.Extensions;

/// <summary>What has happened at the second level of a <see cref="FastCacheHybridCache"/>. All zero if it has none.</summary>
public readonly record struct SecondLevelStatistics
{
    /// <summary>Loads that found their value there.</summary>
    public long Hits { get; init; }

    /// <summary>Loads that did not, whatever the reason.</summary>
    public long Misses { get; init; }

    /// <summary>Reads that threw or took too long.</summary>
    public long ReadFailures { get; init; }

    /// <summary>Writes, removals and invalidations of tags that threw.</summary>
    public long WriteFailures { get; init; }

    /// <summary>Payloads that were found and not taken: damaged, of another program, or written for another type.</summary>
    public long RejectedPayloads { get; init; }
}
