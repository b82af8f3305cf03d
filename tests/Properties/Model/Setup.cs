namespace FastCache.Tests.Properties.Model;

/// <summary>How the cache of a program is made, and which keys the program uses.</summary>
/// <param name="Capacity">See <see cref="CacheOptions{TKey, TValue}"/>, as for the four that follow.</param>
/// <param name="InitialCapacity">See above.</param>
/// <param name="ShardCount">See above.</param>
/// <param name="Eviction">See above.</param>
/// <param name="HashSeed">See above.</param>
/// <param name="HashCodes">How many hash codes the comparer knows; 0 for the key type's own comparer.</param>
/// <param name="Universe">Keys are made from the numbers below this.</param>
internal sealed record Setup(
    int Capacity, int InitialCapacity, int ShardCount, EvictionPolicy Eviction, long HashSeed, int HashCodes, int Universe)
{
    /// <summary>Whether a write may cost entries that the capacity has room for: keys made to collide evict their like.</summary>
    public bool Collides => HashCodes > 0;

    /// <summary>Whether no shard can ever be offered more keys than it has room for.</summary>
    public bool NeverEvicts => Capacity / ShardCount >= Universe;

    public Cache<TKey, TValue> Create<TKey, TValue, TShape>()
        where TKey : notnull
        where TShape : struct, IShape<TKey, TValue>
        => new(new CacheOptions<TKey, TValue>
        {
            Capacity = Capacity,
            InitialCapacity = InitialCapacity,
            ShardCount = ShardCount,
            Eviction = Eviction,
            HashSeed = HashSeed,
            Comparer = Collides ? new FewHashCodes<TKey, TValue, TShape>(HashCodes) : null,
        });

    public override string ToString()
    {
        string comparer = Collides ? $", Comparer = EqualityComparer<int>.Create((x, y) => x == y, key => key % {HashCodes})" : "";
        return $"var cache = new Cache<int, int>(new CacheOptions<int, int> {{ Capacity = {Capacity}, "
            + $"InitialCapacity = {InitialCapacity}, ShardCount = {ShardCount}, Eviction = EvictionPolicy.{Eviction}, "
            + $"HashSeed = {HashSeed}{comparer} }});";
    }
}
