namespace FastCache.Persistence;

/// <summary>How far the verification of a log has come. It goes from the newest segment to the oldest.</summary>
/// <param name="Segment">The name of the segment that is being read.</param>
/// <param name="BytesRead">Bytes of segments that have been read.</param>
/// <param name="TotalBytes">Bytes of all segments.</param>
public readonly record struct LogVerificationProgress(string Segment, long BytesRead, long TotalBytes);
