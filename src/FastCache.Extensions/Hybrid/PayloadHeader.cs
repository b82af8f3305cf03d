namespace FastCache.Extensions.Hybrid;

/// <summary>What the second level says of a value.</summary>
/// <param name="Stamp">When its making began, by <see cref="WriteClock"/>.</param>
/// <param name="ExpiresAt">When it expires, in ticks of UTC.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="IsNull">Whether it is null; then there are no bytes.</param>
internal readonly record struct PayloadHeader(long Stamp, long ExpiresAt, string[] Tags, bool IsNull);
