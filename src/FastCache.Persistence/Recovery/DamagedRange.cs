namespace FastCache.Persistence.Recovery;

/// <summary>A part of a segment that cannot be read.</summary>
/// <param name="Begin">Its first byte.</param>
/// <param name="End">The byte behind its last.</param>
internal readonly record struct DamagedRange(long Begin, long End);
