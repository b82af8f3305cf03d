using System.Reflection;
using FastCache.Journaling;
using FastCache.Sharding;
using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Small caches of one shard for scenarios, and what they need to get at the parts they are about.</summary>
internal static class Caches
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Entries at which the smallest table that can grow does.</summary>
    public const int FullAt = 12;

    private const long HashSeed = 1;

    private static readonly Lazy<int> Twin = new(FindTwin);

    /// <summary>A key with tag, home and preferred slot of key 1: it takes the slot that key 1 leaves.</summary>
    public static int TwinOfOne => Twin.Value;

    public static Cache<TKey, TValue> Create<TKey, TValue>(
        int capacity, Action<CacheOptions<TKey, TValue>>? configure = null, Journal<TKey, TValue>? journal = null)
        where TKey : notnull
    {
        var options = new CacheOptions<TKey, TValue>
        {
            Capacity = capacity,
            ShardCount = 1,
            HashSeed = HashSeed,
            TimeProvider = new ManualTimeProvider(),
        };
        configure?.Invoke(options);
        return new Cache<TKey, TValue>(options, journal);
    }

    /// <summary>A cache with keys 1 to 12, each with itself as its value, whose table grows with the next one.</summary>
    public static Cache<int, string> CreateAboutToGrow(
        Action<CacheOptions<int, string>>? configure = null, Journal<int, string>? journal = null)
    {
        Cache<int, string> cache = Create(
            capacity: 3 * FullAt,
            options =>
            {
                options.InitialCapacity = 1;
                configure?.Invoke(options);
            },
            journal);
        for (int key = 1; key <= FullAt; key++)
        {
            cache.Set(key, Value(key));
        }

        return cache;
    }

    /// <summary>Puts back what was written down before, for as long as there is time.</summary>
    public static RestoreOutcome Restore(Cache<int, string> cache, int key, string value, ulong position = ulong.MaxValue, params string[] tags)
        => cache.TryRestore(
            key,
            value,
            deadline: 0,
            idleLimit: 0,
            cache.Now,
            new JournaledEntry(RecordingJournal<int, string>.DigestOf(key), new RestoredWrite(position), default, tags));

    /// <summary>A value that says which key it belongs to.</summary>
    public static string Value(int key) => $"value {key}";

    /// <summary>Does the background work that has been asked for, as the actor would.</summary>
    public static void Maintain<TKey, TValue>(Cache<TKey, TValue> cache)
        where TKey : notnull
        => ((MaintenanceActor)typeof(Cache<TKey, TValue>).GetField("_actor", Hidden)!.GetValue(cache)!).WorkOff();

    private static int FindTwin()
    {
        var hasher = new KeyHasher<int>(null, HashSeed);
        var one = new KeyHash(hasher.Hash(1));
        for (int key = 2; ; key++)
        {
            var hash = new KeyHash(hasher.Hash(key));
            if (hash.Tag == one.Tag && hash.PlaceAmong(1).PreferredIndex == one.PlaceAmong(1).PreferredIndex)
            {
                return key;
            }
        }
    }
}
