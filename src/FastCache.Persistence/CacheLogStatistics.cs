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

    /// <summary>Bytes of all segments, as far as they are written.</summary>
    public long Length { get; init; }

    /// <summary>Segments on the disk, the one that is being written included.</summary>
    public int LiveSegments { get; init; }

    /// <summary>Bytes of records, before compression, that wait to be written. What was written need not be durable yet.</summary>
    public long PendingBytes { get; init; }

    /// <summary>
    /// Bytes, before compression, that the log has written of its own accord: entries of old segments once more, and what it notes of
    /// the eviction policy. Part of <see cref="RawBytes"/>.
    /// </summary>
    public long UpkeepBytes { get; init; }

    /// <summary>Entries of old segments that were written once more.</summary>
    public long Copied { get; init; }

    /// <summary>Segments that were deleted after all that was needed of them was copied, or are about to be.</summary>
    public long CompactedSegments { get; init; }

    /// <summary>Segments that were deleted for want of room; see <see cref="CacheLogEventKind.Forgotten"/>.</summary>
    public long ForgottenSegments { get; init; }

    /// <summary>Blocks of old segments that could not be read when they were to be copied.</summary>
    public long UnreadableBlocks { get; init; }

    /// <summary>How often it was noted what is hot, but for the last time, when the log is stopped.</summary>
    public long Snapshots { get; init; }

    /// <summary>Files that have failed, and whose place another has taken; see <see cref="CacheLogEventKind.Mended"/>.</summary>
    public long Mends { get; init; }

    /// <summary>How often the log has begun anew after it had failed.</summary>
    public long Resumptions { get; init; }

    /// <summary>Whether the log has failed, and the cache goes on without it.</summary>
    public bool IsDegraded => Fault is not null;

    /// <summary>Why the log has failed; null if it has not, or has begun anew since.</summary>
    public CacheLogException? Fault { get; init; }
}
