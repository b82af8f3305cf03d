namespace FastCache.Persistence;

/// <summary>What was found in a log when it was opened, and what became of it. In numbers of records unless said otherwise.</summary>
public sealed record RecoveryReport
{
    /// <summary>Why nothing was restored; <see cref="LogDiscardReason.None"/> if that is not so.</summary>
    public LogDiscardReason Discarded { get; init; }

    /// <summary>Whether the log was stopped in order.</summary>
    public bool WasStopped { get; init; }

    /// <summary>Segment files.</summary>
    public int Segments { get; init; }

    /// <summary>Blocks that count.</summary>
    public int Blocks { get; init; }

    /// <summary>Bytes of records that were read, uncompressed.</summary>
    public long BytesRead { get; init; }

    /// <summary>Records that were read: not all there are if the cache was full before.</summary>
    public long Read { get; init; }

    /// <summary>Entries that are in the cache again.</summary>
    public long Restored { get; init; }

    /// <summary>Records that newer ones, of before the restart, overwrite or remove.</summary>
    public long Superseded { get; init; }

    /// <summary>Entries whose key was written, removed or loaded since the restart.</summary>
    public long Outdated { get; init; }

    /// <summary>Entries that have expired.</summary>
    public long Expired { get; init; }

    /// <summary>Entries that the cache had given up before the restart, or has no room for now and valued least.</summary>
    public long GivenUp { get; init; }

    /// <summary>Entries for which the cache had no room.</summary>
    public long NoRoom { get; init; }

    /// <summary>Entries that a serializer, a weigher or a comparer has refused to take.</summary>
    public long Faulted { get; init; }

    /// <summary>What was written and never durable, at the torn end of a log that was not stopped in order.</summary>
    public long Torn { get; init; }

    /// <summary>What was durable and cannot be read.</summary>
    public long Missing { get; init; }

    /// <summary>What can be read and was left out, since something newer of the same key may be missing.</summary>
    public long Doubtful { get; init; }

    /// <summary>Files with what could not be read, which were put aside.</summary>
    public int Quarantined { get; init; }

    /// <summary>From the beginning to the end of the restoring.</summary>
    public TimeSpan Duration { get; init; }
}
