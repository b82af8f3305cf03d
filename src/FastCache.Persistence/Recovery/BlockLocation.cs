using FastCache.Persistence.Format;

namespace FastCache.Persistence.Recovery;

/// <summary>Where a block is, and what its header says.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">Where its header begins.</param>
/// <param name="Header">Its header.</param>
internal readonly record struct BlockLocation(SegmentReader Segment, long Offset, BlockHeader Header);
