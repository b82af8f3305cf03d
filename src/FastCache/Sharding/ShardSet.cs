using System.Runtime.CompilerServices;
using FastCache.Eviction;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache.Sharding;

/// <summary>The shards of a cache, and their tables for those who read past the shards.</summary>
internal static class ShardSet
{
    /// <summary>Makes shards whose values are cells themselves.</summary>
    public static Shard<TKey, TValue>[] CreateInPlace<TKey, TValue>(
        EvictionPolicy policy, ShardLayout layout, ShardSetup<TKey, TValue> setup, PinnedArray<Table<TKey, TValue>> tables)
        where TKey : notnull
        => Create<TKey, TValue, TValue>(policy, layout, setup, tables);

    /// <summary>Makes shards whose values live behind references.</summary>
    public static Shard<TKey, TValue>[] CreateBoxed<TKey, TValue>(
        EvictionPolicy policy,
        ShardLayout layout,
        ShardSetup<TKey, TValue> setup,
        PinnedArray<Table<TKey, StrongBox<TValue>>> tables)
        where TKey : notnull
        => Create<TKey, TValue, StrongBox<TValue>>(policy, layout, setup, tables);

    private static Shard<TKey, TValue>[] Create<TKey, TValue, TCell>(
        EvictionPolicy policy, ShardLayout layout, ShardSetup<TKey, TValue> setup, PinnedArray<Table<TKey, TCell>> tables)
        where TKey : notnull
        => setup.Weigher is null
            ? Create<TKey, TValue, TCell, UnitWeights>(policy, layout, setup, tables, static _ => default)
            : Create<TKey, TValue, TCell, StoredWeights>(policy, layout, setup, tables, static slots => new StoredWeights(slots));

    private static Shard<TKey, TValue>[] Create<TKey, TValue, TCell, TWeights>(
        EvictionPolicy policy,
        ShardLayout layout,
        ShardSetup<TKey, TValue> setup,
        PinnedArray<Table<TKey, TCell>> tables,
        Func<int, TWeights> createWeights)
        where TKey : notnull
        where TWeights : struct, IWeights
        => policy switch
        {
            EvictionPolicy.Lru => Create<TKey, TValue, TCell, ClockPolicy<TWeights>, TWeights>(
                layout, setup, tables, createWeights, static policy => new ClockPolicy<TWeights>(policy)),
            EvictionPolicy.Fifo => Create<TKey, TValue, TCell, FifoPolicy<TWeights>, TWeights>(
                layout, setup, tables, createWeights, static policy => new FifoPolicy<TWeights>(policy)),
            _ => Create<TKey, TValue, TCell, FrecencyPolicy<TWeights>, TWeights>(
                layout, setup, tables, createWeights, static policy => new FrecencyPolicy<TWeights>(policy)),
        };

    private static Shard<TKey, TValue>[] Create<TKey, TValue, TCell, TPolicy, TWeights>(
        ShardLayout layout,
        ShardSetup<TKey, TValue> setup,
        PinnedArray<Table<TKey, TCell>> tables,
        Func<int, TWeights> createWeights,
        Func<PolicySetup<TWeights>, TPolicy> createPolicy)
        where TKey : notnull
        where TPolicy : struct, IEvictionPolicy
        where TWeights : struct, IWeights
    {
        var shards = new Shard<TKey, TValue>[layout.Count];
        for (int shard = 0; shard < shards.Length; shard++)
        {
            shards[shard] = new BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>(
                tables, shard, layout.SizeOf(shard), createWeights, createPolicy, setup);
        }

        setup.Actor.Attach(shards);
        return shards;
    }
}
