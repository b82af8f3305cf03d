using FastCache.Persistence.Recovery;

namespace FastCache.Persistence.Inspection;

/// <summary>A block of a segment, whatever it holds.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="HoldsRecords">Whether it holds records that come after those before it.</param>
/// <param name="LastBefore">The last sequence before it in the segment.</param>
internal readonly record struct FoundBlock(BlockLocation Location, bool HoldsRecords, ulong LastBefore);
