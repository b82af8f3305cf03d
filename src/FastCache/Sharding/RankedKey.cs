using FastCache.Journaling;

namespace FastCache.Sharding;

/// <summary>A key, and where its entry stands in its shard's policy.</summary>
/// <param name="Key">The key.</param>
/// <param name="Standing">Where.</param>
/// <param name="Place">How far it is from the tail of its queue: 0 is looked at next, towards 1 last.</param>
internal readonly record struct RankedKey<TKey>(TKey Key, EntryStanding Standing, double Place);
