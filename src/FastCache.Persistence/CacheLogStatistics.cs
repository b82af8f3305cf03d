namespace FastCache.Persistence;

/// <summary>What a log has done since it was opened. A snapshot; its numbers need not be of exactly one moment.</summary>
public sealed record CacheLogStatistics
{
    /// <summary>Records that were written.</summary>
    public long Records { get; init; }

    /// <summary>Blocks that were written.</summary>
    public long Blocks { get; init; }

    /// <summary>Bytes of records, before compression.</summary>
    public long RawBytes { get; init; }

    /// <summary>Bytes of records as they are stored, without the headers of blocks.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Segments that were begun.</summary>
    public long Segments { get; init; }

    /// <summary>Syncs of a segment.</summary>
    public long Syncs { get; init; }

    /// <summary>Values that were left out because there was no room; see <see cref="LogBackPressure.Drop"/>.</summary>
    public long Dropped { get; init; }

    /// <summary>Values that were left out because they are larger than <see cref="CacheLogOptions{TKey, TValue}.MaxRecordSize"/>.</summary>
    public long TooLarge { get; init; }

    /// <summary>Writes that had to wait for room.</summary>
    public long Waits { get; init; }

    /// <summary>Whether the log has failed, and the cache goes on without it.</summary>
    public bool IsDegraded { get; init; }
}
