using System.Numerics;
using FastCache.Table;

namespace FastCache.Sharding;

/// <summary>How many shards there are, and how the cache's limits are divided over them.</summary>
internal readonly struct ShardLayout
{
    private const int ShardsPerCore = 4;
    private const int MinEntriesPerShard = 512;
    private const int MaxExpectedEntries = 10_000;

    private readonly long _limit;
    private readonly int _maxEntryWeight;
    private readonly int _expectedEntries;
    private readonly int _initialEntries;

    private ShardLayout(int count, long limit, int maxEntryWeight, int expectedEntries, int initialEntries)
    {
        Count = count;
        _limit = limit;
        _maxEntryWeight = maxEntryWeight;
        _expectedEntries = expectedEntries;
        _initialEntries = initialEntries;
    }

    /// <summary>A power of two.</summary>
    public int Count { get; }

    /// <summary>The layout for valid options; see <see cref="Validate"/>.</summary>
    public static ShardLayout For<TKey, TValue>(CacheOptions<TKey, TValue> options)
        where TKey : notnull
    {
        if (options.WeightLimit is not { } weightLimit)
        {
            int capacity = options.Capacity;
            int shards = options.ShardCount ?? DefaultCount(capacity);
            return new ShardLayout(shards, capacity, maxEntryWeight: 1, capacity, options.InitialCapacity);
        }

        int expected = ExpectedEntries(options.ExpectedEntries, weightLimit);
        int count = options.ShardCount ?? DefaultCount(expected, weightLimit, options.MaxEntryWeight ?? 1);
        return new ShardLayout(count, weightLimit, options.MaxEntryWeight ?? int.MaxValue, expected, options.InitialCapacity);
    }

    /// <summary>Adds a sentence for each thing that is wrong with the wish for a number of shards.</summary>
    /// <param name="limit">The capacity or the weight limit; positive.</param>
    /// <param name="maxEntryWeight">What a shard must be able to hold; positive.</param>
    /// <param name="shardCount">The wish.</param>
    /// <param name="faults">The sentences.</param>
    public static void Validate(long limit, int maxEntryWeight, int? shardCount, List<string> faults)
    {
        if (shardCount is not { } count)
        {
            return;
        }

        long most = Math.Min(KeyHash.MaxShards, limit / maxEntryWeight);
        if (count < 1 || count > most || !BitOperations.IsPow2(count))
        {
            faults.Add($"ShardCount is {count}; it must be a power of two from 1 to {most}.");
        }
    }

    /// <summary>What one shard may hold. The limits of all shards add up to the cache's.</summary>
    public ShardSize SizeOf(int shard)
        => new(
            PartOf(_limit, shard),
            _maxEntryWeight,
            Math.Max(1, (int)PartOf(_expectedEntries, shard)),
            (int)PartOf(_initialEntries, shard));

    /// <summary>The part of a limit that falls to one shard.</summary>
    public long PartOf(long limit, int shard) => PartOf(limit, shard, Count);

    /// <inheritdoc cref="PartOf(long, int)"/>
    public static long PartOf(long limit, int shard, int count) => (limit / count) + (shard < limit % count ? 1 : 0);

    private static int ExpectedEntries(int? wish, long weightLimit)
        => wish ?? (int)Math.Min(MaxExpectedEntries, weightLimit);

    private static int DefaultCount(int entries)
    {
        uint wanted = BitOperations.RoundUpToPowerOf2((uint)(ShardsPerCore * Environment.ProcessorCount));
        uint affordable = 1u << BitOperations.Log2((uint)Math.Max(1, entries / MinEntriesPerShard));
        uint needed = BitOperations.RoundUpToPowerOf2((uint)((entries / TableSize.MaxEntries) + 1));
        return (int)Math.Min(Math.Max(Math.Min(wanted, affordable), needed), KeyHash.MaxShards);
    }

    /// <summary>As many as for so many entries, but no more than leave each room for the heaviest.</summary>
    private static int DefaultCount(int entries, long weightLimit, int maxEntryWeight)
        => (int)Math.Min(DefaultCount(entries), 1L << BitOperations.Log2((ulong)(weightLimit / maxEntryWeight)));
}
