using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Properties.Loading;

/// <summary>How the cache of a program is made, and which keys the program uses.</summary>
/// <param name="Capacity">See <see cref="CacheOptions{TKey, TValue}"/>, as for the three that follow.</param>
/// <param name="ShardCount">See above.</param>
/// <param name="Eviction">See above.</param>
/// <param name="HashSeed">See above.</param>
/// <param name="HashCodes">How many hash codes the comparer knows; 0 for the key type's own comparer.</param>
/// <param name="Universe">Keys are the numbers below this.</param>
/// <param name="Life">After how many milliseconds entries expire; 0 for never.</param>
/// <param name="Patience">How entries are refreshed, and kept when they are stale.</param>
internal sealed record LoadSetup(
    int Capacity, int ShardCount, EvictionPolicy Eviction, long HashSeed, int HashCodes, int Universe, int Life, Patience Patience)
{
    /// <summary>Whether no shard can ever be offered more keys than it has room for.</summary>
    public bool NeverEvicts => Capacity / ShardCount >= Universe;

    /// <summary>Whether an invalidation of one key may concern a load of the other.</summary>
    public bool IsSameHash(int key, int other) => key == other || (HashCodes > 0 && key % HashCodes == other % HashCodes);

    public Cache<int, int> Create(TimeProvider time) => new(new CacheOptions<int, int>
    {
        Capacity = Capacity,
        ShardCount = ShardCount,
        Eviction = Eviction,
        HashSeed = HashSeed,
        Comparer = HashCodes > 0 ? EqualityComparer<int>.Create(static (x, y) => x == y, key => key % HashCodes) : null,
        ExpireAfterWrite = Life > 0 ? TimeSpan.FromMilliseconds(Life) : null,
        PreciseExpiry = true,
        TimeProvider = time,
        Loading = Patience.ToOptions(),
    });

    public override string ToString()
        => $"Capacity {Capacity}, {ShardCount} shards, {Eviction}, seed {HashSeed}, {HashCodes} hash codes, {Universe} keys"
            + (Life > 0 ? $", entries expire after {Life} ms" : "") + Patience;
}
