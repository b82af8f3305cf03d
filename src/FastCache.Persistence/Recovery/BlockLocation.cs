using FastCache.Persistence.Format;

namespace FastCache.Persistence.Recovery;

/// <summary>Where a block is, and what its header says.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">Where its header begins.</param>
/// <param name="Header">Its header.</param>
internal readonly record struct BlockLocation(SegmentReader Segment, long Offset, BlockHeader Header)
{
    /// <summary>Where the next one may begin.</summary>
    public long End => Offset + Header.TotalLength;

    /// <summary>Whether it holds records that come after all before it.</summary>
    /// <param name="next">The lowest sequence that they may have.</param>
    public bool HoldsRecords(ulong next)
        => Header.Kind == BlockKind.Records && Header.RecordCount > 0 && Header.FirstSequence >= next;

    /// <summary>Whether another one is at the same place.</summary>
    public bool IsAt(in BlockLocation other) => Segment == other.Segment && Offset == other.Offset;
}
