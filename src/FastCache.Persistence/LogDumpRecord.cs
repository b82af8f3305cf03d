namespace FastCache.Persistence;

/// <summary>A record of a log, as it is written there.</summary>
public sealed record LogDumpRecord
{
    /// <summary>The name of its segment's file.</summary>
    public required string Segment { get; init; }

    /// <summary>Where its block begins in the file.</summary>
    public long BlockOffset { get; init; }

    /// <summary>Its sequence.</summary>
    public ulong Sequence { get; init; }

    /// <summary>What it says.</summary>
    public LogRecordKind Kind { get; init; }

    /// <summary>The digest of the key, of a put or a remove; 0 for what concerns several keys.</summary>
    public ulong KeyDigest { get; init; }

    /// <summary>The key of a put, in the bytes of its serializer.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The value of a put, in the bytes of its serializer.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Whether the value of a put is null.</summary>
    public bool IsNull { get; init; }

    /// <summary>The tags of a put, or the one whose values have been removed.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The prefix, or the pattern, of the keys that have been removed; null if that is not what it says.</summary>
    public string? KeyPattern { get; init; }

    /// <summary>When the value of a put expires by its deadline; null if it has none.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The time without access after which the value of a put expires; null if it has none.</summary>
    public TimeSpan? IdleLimit { get; init; }

    /// <summary>When that would be if it is not accessed any more; null if it has none.</summary>
    public DateTimeOffset? IdleEnd { get; init; }

    /// <summary>Whether it is a put that an opening would bring back now.</summary>
    public bool Counts { get; init; }
}
