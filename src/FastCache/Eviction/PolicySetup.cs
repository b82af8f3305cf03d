using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>What a policy is made from.</summary>
/// <param name="Limit">How many entries, or how much weight, the shard may hold.</param>
/// <param name="ExpectedEntries">How many entries that will be.</param>
/// <param name="Room">The most entries that it will follow until it is renumbered.</param>
/// <param name="SlotCount">Slot numbers are below this until then.</param>
/// <param name="Hashes">The hash of the entry in each slot; kept up to date by the caller.</param>
/// <param name="Weights">What the entries weigh; kept up to date by the caller.</param>
internal readonly record struct PolicySetup<TWeights>(
    long Limit, int ExpectedEntries, int Room, int SlotCount, PinnedArray<uint> Hashes, TWeights Weights)
    where TWeights : struct, IWeights;
