namespace FastCache;

/// <summary>How a <see cref="Cache{TKey, TValue}"/> is made. Read once, by the cache's constructor.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class CacheOptions<TKey, TValue>
    where TKey : notnull
{
    /// <summary>
    /// The most entries that the cache holds at any instant; at least 1. Required. Memory is taken as the cache fills.
    /// </summary>
    /// <remarks>
    /// The capacity is divided evenly over the shards and each shard keeps to its part, so a cache of many shards that is
    /// offered exactly its capacity of distinct keys may hold a fraction of a percent less.
    /// </remarks>
    public int Capacity { get; set; }

    /// <summary>
    /// Entries to make room for at once, from 0 to <see cref="Capacity"/>. Spares the first writers the growth of the
    /// tables. The default, 0, starts small.
    /// </summary>
    public int InitialCapacity { get; set; }

    /// <summary>Which entries a full cache gives up. The default is <see cref="EvictionPolicy.Frecency"/>.</summary>
    public EvictionPolicy Eviction { get; set; }

    /// <summary>
    /// How keys are compared; null means the key type's default, and ordinal comparison for strings.
    /// </summary>
    /// <remarks>
    /// Its methods are called outside any lock. They may block, call back into the cache, or throw, which fails the
    /// operation and nothing else.
    /// </remarks>
    public IEqualityComparer<TKey>? Comparer { get; set; }

    /// <summary>
    /// In how many independently written parts the cache is divided: a power of two up to 65,536 and to
    /// <see cref="Capacity"/>. Null, the default, derives it from the number of processors, with at least 512 entries a
    /// shard and a single shard below 1,024 entries.
    /// </summary>
    public int? ShardCount { get; set; }

    /// <summary>
    /// Fixes the seed of the key hash, so that tests and benchmarks repeat. Null, the default, draws a random one:
    /// whoever can choose keys can then not choose colliding ones.
    /// </summary>
    public long? HashSeed { get; set; }
}
