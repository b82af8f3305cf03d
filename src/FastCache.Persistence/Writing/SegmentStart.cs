namespace FastCache.Persistence.Writing;

/// <summary>Where a new segment takes up the log.</summary>
/// <param name="SegmentId">Its number.</param>
/// <param name="FirstSequence">The sequence of its first record.</param>
/// <param name="PreviousSequence">The last one that counts before. All up to it is durable: no segment is made before that is so.</param>
/// <param name="FloorSequence">The first one that counts at all.</param>
internal readonly record struct SegmentStart(ulong SegmentId, ulong FirstSequence, ulong PreviousSequence, ulong FloorSequence);
