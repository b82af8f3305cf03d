using FastCache.Eviction;
using FastCache.Sharding;
using FastCache.Table;
using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Sharding;

/// <summary>One shard of integers with the clock policy, whose tables the test can see.</summary>
internal sealed class TestShard
{
    private readonly PinnedArray<Table<long, long>> _tables = new(1);
    private readonly KeyHasher<long> _hasher = new(null, seed: 1);

    public TestShard(int capacity, int initialCapacity)
    {
        var actor = new MaintenanceActor(1);
        Shard = new BoundedShard<long, long, long, ClockPolicy>(
            _tables,
            index: 0,
            capacity,
            TableSize.For(capacity, initialCapacity),
            comparer: null,
            (capacity, slots, _) => new ClockPolicy(capacity, slots),
            actor);
        actor.Attach([Shard]);
    }

    public Shard<long, long> Shard { get; }

    public Table<long, long> Table => Volatile.Read(ref _tables[0]);

    public KeyHash HashOf(long key) => new(_hasher.Hash(key));

    public void Set(long key, long value) => Shard.Set(key, HashOf(key), value);

    /// <summary>Whether a key is there, as a reader would see it.</summary>
    public bool TryGet(long key, out long value)
    {
        ReadResult<long> result = Table.Read(key, HashOf(key));
        value = result.Cell;
        return result.Found;
    }

    public EntryStamp StampOf(long key)
    {
        Assert.True(Shard.TrySnapshot(key, HashOf(key), out _, out EntryStamp stamp));
        return stamp;
    }
}
