using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using FastCache.Bench.Contestants;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Caches with room for everything, and keys to ask them for.</summary>
public abstract class KeyedBenchmarks<TKey> : SizedBenchmarks
    where TKey : notnull
{
    private TKey[] _keys = [];
    private int _next;

    private protected Cache<TKey, object> Cache { get; private set; } = null!;

    private protected ConcurrentDictionary<TKey, object> Dictionary { get; private set; } = null!;

    private protected MemoryCache Memory { get; private set; } = null!;

    private protected LockedLru<TKey, object> Lru { get; private set; } = null!;

    private protected LockedDictionary<TKey, object> Locked { get; private set; } = null!;

    private protected object Value { get; } = new();

    private protected static MemoryCacheEntryOptions OneUnit { get; } = new() { Size = 1 };

    /// <summary>Whether the keys that are asked for are there.</summary>
    private protected virtual bool AsksForPresentKeys => true;

    [GlobalSetup]
    public virtual void Fill()
    {
        // A quarter stays free: a sharded cache is full when its fullest shard is.
        int capacity = Entries + (Entries / 4);
        _keys = KeyFactory.Lookups<TKey>(AsksForPresentKeys ? 1 : 1 + Entries, Entries);
        Cache = new Cache<TKey, object>(new CacheOptions<TKey, object> { Capacity = capacity });
        Dictionary = new ConcurrentDictionary<TKey, object>(-1, capacity);
        Memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = capacity });
        Lru = new LockedLru<TKey, object>(capacity);
        Locked = new LockedDictionary<TKey, object>(capacity);
        for (int id = 1; id <= Entries; id++)
        {
            TKey key = KeyFactory.Create<TKey>(id);
            Cache.Set(key, Value);
            Dictionary[key] = Value;
            Memory.Set(key, Value, OneUnit);
            Lru.Set(key, Value);
            Locked.Set(key, Value);
        }

        VerifyFull();
        Verify.That(_keys.All(key => Cache.ContainsKey(key) == AsksForPresentKeys), "A hit would measure a miss, or a miss a hit.");
    }

    [GlobalCleanup]
    public virtual void Release()
    {
        // Nothing here adds or evicts.
        VerifyFull();
        Cache.Dispose();
        Memory.Dispose();
    }

    private protected TKey NextKey() => _keys[_next++ & (_keys.Length - 1)];

    private void VerifyFull() => Verify.That(
        Cache.Count == Entries && Dictionary.Count == Entries && Memory.Count == Entries && Lru.Count == Entries && Locked.Count == Entries,
        "Not every key is resident, or more than those.");
}
