namespace FastCache.Persistence.Writing;

/// <summary>A segment that is not written any more.</summary>
/// <param name="Id">Its number.</param>
/// <param name="LastSequence">The last one that counts in it, or before it if none does.</param>
/// <param name="Length">Bytes of its file.</param>
internal readonly record struct OldSegment(ulong Id, ulong LastSequence, long Length);
