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

    /// <summary>Told of the failure that ends the log, by whoever met it.</summary>
    public required Action<CacheLogException> OnFailure { get; init; }

    /// <summary>Blocks to keep at hand.</summary>
    public int PooledBlocks => (int)Math.Clamp(MaxStagedBytes / BlockSize, 4, 1024);
}
