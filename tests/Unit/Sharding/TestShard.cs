using FastCache.Eviction;
using FastCache.Expiration;
using FastCache.Loading;
using FastCache.Notifications;
using FastCache.Sharding;
using FastCache.Tagging;
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
        : this(
            (tables, setup) => new BoundedShard<long, long, long, ClockPolicy<UnitWeights>, UnitWeights>(
                tables,
                index: 0,
                new ShardSize(capacity, MaxEntryWeight: 1, capacity, initialCapacity),
                _ => default,
                policy => new ClockPolicy<UnitWeights>(policy),
                setup),
            weigher: null,
            notifications)
    {
    }

    private TestShard(
        Func<PinnedArray<Table<long, long>>, ShardSetup<long, long>, Shard<long, long>> create,
        Func<long, long, int>? weigher,
        NotificationActor<long, long>? notifications)
    {
        var actor = new MaintenanceActor(1);
        var rules = new ExpiryRules<long, long>(new CacheOptions<long, long>());
        var clock = new CacheClock(CoarseClock.For(TimeProvider.System), actor, isPrecise: false, rules.ExaminesReads);
        Shard = create(
            _tables,
            new ShardSetup<long, long>(Comparer: null, weigher, rules, clock, actor, FlightPool.Create<long, long>())
            {
                Notifications = notifications,
                Tags = new TagRegistry(forgets: true),
            });
        actor.Attach([Shard]);
    }

    public Shard<long, long> Shard { get; }

    /// <summary>One whose values are weights, and whose policy finds no memory to grow while a test says so.</summary>
    public static TestShard WithMemory(int limit, Func<bool> isShort)
        => new(
            (tables, setup) => new BoundedShard<long, long, long, ExhaustiblePolicy, StoredWeights>(
                tables,
                index: 0,
                new ShardSize(limit, MaxEntryWeight: limit, ExpectedEntries: limit, InitialEntries: 0),
                slots => new StoredWeights(slots),
                policy => new ExhaustiblePolicy(policy, isShort),
                setup),
            static (_, value) => (int)value,
            notifications: null);

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
