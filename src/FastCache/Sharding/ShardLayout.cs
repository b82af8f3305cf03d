using System.Numerics;
using FastCache.Table;

namespace FastCache.Sharding;

/// <summary>How many shards there are, and how the capacity is divided over them.</summary>
internal readonly struct ShardLayout
{
    private const int ShardsPerCore = 4;
    private const int MinEntriesPerShard = 512;

    private readonly int _capacity;

    private ShardLayout(int capacity, int count)
    {
        _capacity = capacity;
        Count = count;
    }

    /// <summary>A power of two.</summary>
    public int Count { get; }

    /// <summary>The layout for valid options; see <see cref="Validate"/>.</summary>
    public static ShardLayout For(int capacity, int? shardCount)
        => new(capacity, shardCount ?? DefaultCount(capacity));

    /// <summary>Adds a sentence for each thing that is wrong with the wish for a number of shards.</summary>
    public static void Validate(int capacity, int? shardCount, List<string> faults)
    {
        if (shardCount is not { } count)
        {
            return;
        }

        int limit = Math.Min(KeyHash.MaxShards, capacity);
        if (count < 1 || count > limit || !BitOperations.IsPow2(count))
        {
            faults.Add($"ShardCount is {count}; it must be a power of two from 1 to {limit}.");
        }
        else if (capacity / count >= TableSize.MaxEntries)
        {
            faults.Add(
                $"Capacity is {capacity} and ShardCount {count}; a shard holds at most {TableSize.MaxEntries} entries.");
        }
    }

    /// <summary>The capacity of one shard. Those of all shards add up to the cache's.</summary>
    public int CapacityOf(int shard) => PartOf(_capacity, shard);

    /// <summary>The part of a number of entries that falls to one shard.</summary>
    public int PartOf(int entries, int shard) => (entries / Count) + (shard < entries % Count ? 1 : 0);

    private static int DefaultCount(int capacity)
    {
        uint wanted = BitOperations.RoundUpToPowerOf2((uint)(ShardsPerCore * Environment.ProcessorCount));
        uint affordable = 1u << BitOperations.Log2((uint)Math.Max(1, capacity / MinEntriesPerShard));
        uint needed = BitOperations.RoundUpToPowerOf2((uint)((capacity / TableSize.MaxEntries) + 1));
        return (int)Math.Min(Math.Max(Math.Min(wanted, affordable), needed), KeyHash.MaxShards);
    }
}
