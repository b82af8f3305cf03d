namespace FastCache.Persistence.Format;

/// <summary>A record as it lies in a block.</summary>
internal readonly ref struct RecordView
{
    public RecordKind Kind { get; init; }

    /// <summary>Of a put or a remove.</summary>
    public ulong KeyDigest { get; init; }

    /// <summary>Of a put.</summary>
    public PutHeader Header { get; init; }

    public ReadOnlySpan<byte> Key { get; init; }

    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Of a put: its tags, each with its length before it. Of what removes many: the tag, prefix or pattern.</summary>
    public ReadOnlySpan<byte> Text { get; init; }
}
