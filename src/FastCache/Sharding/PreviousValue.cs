using FastCache.Tagging;

namespace FastCache.Sharding;

/// <summary>What there is of a key when it is to be loaded.</summary>
/// <param name="Value">The value.</param>
/// <param name="ExpiresAt">When it expires, or expired.</param>
/// <param name="Exists">Whether there is one.</param>
/// <param name="MayServe">Whether it may stand in for one that is too long in coming.</param>
/// <param name="Tags">Its tags.</param>
internal readonly record struct PreviousValue<TValue>(
    TValue? Value, long ExpiresAt, bool Exists, bool MayServe, TagSet? Tags);
