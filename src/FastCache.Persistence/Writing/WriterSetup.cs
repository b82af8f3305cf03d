namespace FastCache.Persistence.Writing;

/// <summary>How a log is written.</summary>
internal sealed record WriterSetup
{
    public required IBlockCodec Codec { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Bytes of a block before it is compressed.</summary>
    public required int BlockSize { get; init; }

    /// <summary>Bytes of a segment.</summary>
    public required long SegmentSize { get; init; }

    /// <summary>Bytes that may wait to be written.</summary>
    public required long MaxStagedBytes { get; init; }

    /// <summary>Whether values are dropped, instead of waited for, when there are more.</summary>
    public required bool Drops { get; init; }

    /// <summary>Draws the salt of a segment.</summary>
    public required Func<uint> NextSalt { get; init; }

    /// <summary>Bytes of all segments.</summary>
    public required long MaxLogSize { get; init; }

    /// <summary>
    /// Bytes, before compression, that are kept until they are durable, so that they can be written once more; 0 if nobody waits for that.
    /// </summary>
    public required long MaxUnsyncedBytes { get; init; }

    /// <summary>Is told what happens, by whoever met it; returns at once.</summary>
    public required Action<CacheLogEventKind, string, CacheLogException?> Tell { get; init; }

    /// <summary>Blocks to keep at hand.</summary>
    public int PooledBlocks => (int)Math.Clamp((MaxStagedBytes + MaxUnsyncedBytes) / BlockSize, 4, 1024);
}
