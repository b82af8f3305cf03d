using FastCache.Table;

namespace FastCache.Sharding;

/// <summary>How much a shard may hold.</summary>
/// <param name="Limit">The most entries, or the most weight.</param>
/// <param name="MaxEntryWeight">What a single entry may weigh, as long as that is not more than the limit of the moment.</param>
/// <param name="ExpectedEntries">How many entries the full shard will hold.</param>
/// <param name="InitialEntries">How many to make room for at once.</param>
internal readonly record struct ShardSize(long Limit, int MaxEntryWeight, int ExpectedEntries, int InitialEntries);
