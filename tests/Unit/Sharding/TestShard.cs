using FastCache.Eviction;
using FastCache.Expiration;
using FastCache.Loading;
using FastCache.Notifications;
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

    public TestShard(int capacity, int initialCapacity, NotificationActor<long, long>? notifications = null)
    {
        var actor = new MaintenanceActor(1);
        var rules = new ExpiryRules<long, long>(new CacheOptions<long, long>());
        var clock = new CacheClock(CoarseClock.For(TimeProvider.System), actor, isPrecise: false, rules.ExaminesReads);
        Shard = new BoundedShard<long, long, long, ClockPolicy<UnitWeights>, UnitWeights>(
            _tables,
            index: 0,
            new ShardSize(capacity, MaxEntryWeight: 1, capacity, initialCapacity),
            _ => default,
            setup => new ClockPolicy<UnitWeights>(setup),
            new ShardSetup<long, long>(Comparer: null, Weigher: null, rules, clock, actor, FlightPool.Create<long, long>())
            {
                Notifications = notifications,
            });
        actor.Attach([Shard]);
    }

    public Shard<long, long> Shard { get; }

    public Table<long, long> Table => Volatile.Read(ref _tables[0]);

    public KeyHash HashOf(long key) => new(_hasher.Hash(key));

    public void Set(long key, long value) => Shard.Set(key, HashOf(key), value);

    /// <summary>Whether a key is there, as a reader would see it.</summary>
    public bool TryGet(long key, out long value)
    {
        var probe = new KeyProbe<long>(key, comparer: null);
        return Table.TryRead<KeyProbe<long>, Use>(probe, HashOf(key), out value, out _) == ReadOutcome.Hit;
    }

    public EntryStamp StampOf(long key)
    {
        Assert.True(Shard.TrySnapshot(key, HashOf(key), out _, out EntryStamp stamp));
        return stamp;
    }
}
