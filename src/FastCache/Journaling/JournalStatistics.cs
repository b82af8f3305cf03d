namespace FastCache.Journaling;

/// <summary>What a journal has done, and how it is, for metrics.</summary>
internal readonly record struct JournalStatistics
{
    /// <summary>Bytes that it takes on the disk.</summary>
    public long Size { get; init; }

    /// <summary>Files that these are in.</summary>
    public long Segments { get; init; }

    /// <summary>Bytes, before compression, that are not written yet.</summary>
    public long Pending { get; init; }

    /// <summary>Records that were written.</summary>
    public long Records { get; init; }

    /// <summary>Bytes that these take, compressed.</summary>
    public long Written { get; init; }

    /// <summary>Values that were left out for want of room.</summary>
    public long Dropped { get; init; }

    /// <summary>Values that were left out because they are too large.</summary>
    public long TooLarge { get; init; }

    /// <summary>Segments whose entries do not come back, because they were deleted for want of room.</summary>
    public long Forgotten { get; init; }

    /// <summary>Files that have failed and whose place another has taken.</summary>
    public long Mends { get; init; }

    /// <summary>How often nothing helped, and the cache went on alone.</summary>
    public long Failures { get; init; }

    /// <summary>1 while it does, else 0.</summary>
    public long Degraded { get; init; }

    public JournalStatistics Plus(in JournalStatistics other) => new()
    {
        Size = Size + other.Size,
        Segments = Segments + other.Segments,
        Pending = Pending + other.Pending,
        Records = Records + other.Records,
        Written = Written + other.Written,
        Dropped = Dropped + other.Dropped,
        TooLarge = TooLarge + other.TooLarge,
        Forgotten = Forgotten + other.Forgotten,
        Mends = Mends + other.Mends,
        Failures = Failures + other.Failures,
        Degraded = Degraded + other.Degraded,
    };
}
