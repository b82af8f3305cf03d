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
        CacheOptions<TKey, TValue> options, ShardLayout layout, MaintenanceActor actor, PinnedArray<Table<TKey, TValue>> tables)
        where TKey : notnull
        => Create<TKey, TValue, TValue>(options, layout, actor, tables);

    /// <summary>Makes shards whose values live behind references.</summary>
    public static Shard<TKey, TValue>[] CreateBoxed<TKey, TValue>(
        CacheOptions<TKey, TValue> options,
        ShardLayout layout,
        MaintenanceActor actor,
        PinnedArray<Table<TKey, StrongBox<TValue>>> tables)
        where TKey : notnull
        => Create<TKey, TValue, StrongBox<TValue>>(options, layout, actor, tables);

    private static Shard<TKey, TValue>[] Create<TKey, TValue, TCell>(
        CacheOptions<TKey, TValue> options, ShardLayout layout, MaintenanceActor actor, PinnedArray<Table<TKey, TCell>> tables)
        where TKey : notnull
            => options.Eviction switch
        {
            EvictionPolicy.Lru => Create<TKey, TValue, TCell, ClockPolicy>(
                options, layout, actor, tables, static (capacity, slots, _) => new ClockPolicy(capacity, slots)),
            EvictionPolicy.Fifo => Create<TKey, TValue, TCell, FifoPolicy>(
                options, layout, actor, tables, static (capacity, slots, _) => new FifoPolicy(capacity, slots)),
            _ => Create<TKey, TValue, TCell, FrecencyPolicy>(
                options, layout, actor, tables, static (capacity, slots, hashes) => new FrecencyPolicy(capacity, slots, hashes)),
        };

    private static Shard<TKey, TValue>[] Create<TKey, TValue, TCell, TPolicy>(
        CacheOptions<TKey, TValue> options,
        ShardLayout layout,
        MaintenanceActor actor,
        PinnedArray<Table<TKey, TCell>> tables,
        Func<int, int, PinnedArray<uint>, TPolicy> createPolicy)
        where TKey : notnull
            where TPolicy : struct, IEvictionPolicy
    {
        IEqualityComparer<TKey>? comparer = new KeyHasher<TKey>(options.Comparer, seed: 0).Comparer;
        var shards = new Shard<TKey, TValue>[layout.Count];
        for (int shard = 0; shard < shards.Length; shard++)
        {
            int capacity = layout.CapacityOf(shard);
            var size = TableSize.For(capacity, layout.PartOf(options.InitialCapacity, shard));
            shards[shard] = new BoundedShard<TKey, TValue, TCell, TPolicy>(
                tables, shard, capacity, size, comparer, createPolicy, actor);
        }

        actor.Attach(shards);
        return shards;
    }
}
