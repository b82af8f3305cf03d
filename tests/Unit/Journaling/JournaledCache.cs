using FastCache.Journaling;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Threading;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>A cache that writes down what happens to it, in one of its shapes. When it ends, everything is examined.</summary>
internal sealed class JournaledCache : IDisposable
{
    /// <summary>More than an entry of a weighed cache may weigh.</summary>
    public static readonly string TooHeavy = new('x', HeaviestEntry + 1);

    /// <summary>Options by which a value is not kept.</summary>
    public static readonly EntryOptions AtOnce = new() { ExpireAt = DateTimeOffset.UnixEpoch };

    private const int HeaviestEntry = 100;

    public JournaledCache(
        JournalShape shape = JournalShape.Plain, Action<CacheOptions<int, string>>? configure = null, int capacity = 1000)
    {
        var options = new CacheOptions<int, string>
        {
            Capacity = capacity,
            ShardCount = shape == JournalShape.FourShards ? 4 : 1,
            HashSeed = TestCache.Seed,
            TimeProvider = Time,
        };
        Shape(options, shape);
        configure?.Invoke(options);
        Cache = new Cache<int, string>(options, Journal);
        Journal.OnPlace = () => Journal.Require(HoldsTurn, "a record gets its place outside every turn");
    }

    public ManualTimeProvider Time { get; } = new();

    public RecordingJournal<int, string> Journal { get; } = new();

    public Cache<int, string> Cache { get; }

    /// <summary>Whether somebody holds the turn of a shard; if it is the caller, this is certain.</summary>
    private bool HoldsTurn => Enumerable.Range(0, Cache.ShardCount).Any(shard => ShardAccess.IsTurnTaken(Cache, shard));

    /// <summary>Where a journal has what is put back, unless a test says otherwise: behind all that is written meanwhile.</summary>
    public static ulong RestoredAt(int key) => ulong.MaxValue - (uint)key;

    /// <summary>Puts back a value that was written down before.</summary>
    public RestoreOutcome Restore(
        int key, string value = "old", TimeSpan? life = null, TimeSpan? idle = null, ulong? position = null, EntryStanding standing = default, params string[] tags)
    {
        long now = Cache.Now;
        return Cache.TryRestore(
            key,
            value,
            life is { } duration ? Lifetime.After(now, duration.Ticks) : 0,
            idle?.Ticks ?? 0,
            now,
            new JournaledEntry(RecordingJournal<int, string>.DigestOf(key), new RestoredWrite(position ?? RestoredAt(key)), standing, tags));
    }

    /// <summary>Writes an entry down once more, as a journal does that gives up the place of its record.</summary>
    public bool WriteDownAgain(int key, ulong position, string value = "copy")
    {
        JournalRecord record = Journal.Describe(key, value);
        bool isDone = Cache.TryWriteDownAgain(key, position, record);
        if (isDone)
        {
            record.CompleteUnawaited();
        }

        return isDone;
    }

    /// <summary>What the cache holds for a key.</summary>
    public string? Held(int key) => Cache.TryPeek(key, out string? value) ? value : null;

    /// <summary>Returns when nothing is done in the background any more.</summary>
    public void AwaitLoads() => Wait.Until(() => Cache.LoadsInProgress == 0 && Journal.Uncompleted == 0);

    /// <summary>Asserts that everything is as it must be.</summary>
    public void AssertSound()
    {
        Cache.AssertConsistent();
        Assert.Empty(Journal.Faults);
        Assert.Equal(0, Journal.Uncompleted);
    }

    public void Dispose() => Cache.Dispose();

    private static void Shape(CacheOptions<int, string> options, JournalShape shape)
    {
        switch (shape)
        {
            case JournalShape.Colliding:
                options.Comparer = ScriptedComparer<int>.AllCollide();
                break;
            case JournalShape.Weighed:
                (options.Capacity, options.WeightLimit, options.MaxEntryWeight) = (0, 10_000, HeaviestEntry);
                options.Weigher = static (_, value) => value.Length;
                break;
            case JournalShape.Listened:
                options.RemovalListener = static (_, _, _) => { };
                break;
            case JournalShape.Expiring:
                options.ExpireAfterWrite = TimeSpan.FromDays(1);
                break;
            case JournalShape.Precise:
                (options.PreciseExpiry, options.ExpireAfterAccess) = (true, TimeSpan.FromDays(1));
                break;
        }
    }
}
