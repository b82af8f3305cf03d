using FastCache.Diagnostics;
using FastCache.Table;

namespace FastCache.Sharding;

/// <summary>What a search has found of a key that is to be loaded.</summary>
/// <param name="Key">The key.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Kind">Why it is to be loaded.</param>
/// <param name="Stamp">Its entry; a negative slot if there was none.</param>
/// <param name="SearchedAt">How many insertions there had been before the search.</param>
/// <param name="Previous">The value of the entry.</param>
internal readonly record struct LoadSearch<TKey, TValue>(
    TKey Key, KeyHash Hash, LoadKind Kind, EntryStamp Stamp, long SearchedAt, PreviousValue<TValue> Previous);
