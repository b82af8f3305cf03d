namespace FastCache.Sharding;

/// <summary>An entry, and how much its policy wants to keep it: the lowest rank goes first.</summary>
internal readonly record struct RankedEntry<TKey, TValue>(TKey Key, TValue Value, long Rank);
