namespace FastCache.Persistence;

/// <summary>A part of a log's files that cannot be read, although it was on the disk once.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Counts">
/// Whether anything there may have counted; false for what had been discarded, or left out by an earlier opening, which lost nothing now.
/// </param>
public sealed record LogDamage(string File, long Offset, long Length, LogDamageKind Kind, bool Counts);
