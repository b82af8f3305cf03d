using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Caches that hold every key that is asked for.</summary>
public abstract class KeyedBenchmarks<TKey>
    where TKey : notnull
{
    private TKey[] _keys = [];
    private int _next;

    [Params(1_000, 100_000)]
    public int Entries { get; set; }

    private protected Cache<TKey, object> Cache { get; private set; } = null!;

    private protected ConcurrentDictionary<TKey, object> Dictionary { get; private set; } = null!;

    private protected MemoryCache Memory { get; private set; } = null!;

    private protected object Value { get; } = new();

    private protected static MemoryCacheEntryOptions OneUnit { get; } = new() { Size = 1 };

    [GlobalSetup]
    public void Fill()
    {
        // A quarter stays free: a sharded cache is full when its fullest shard is.
        int capacity = Entries + (Entries / 4);
        _keys = KeyFactory.Lookups<TKey>(Entries);
        Cache = new Cache<TKey, object>(new CacheOptions<TKey, object> { Capacity = capacity });
        Dictionary = new ConcurrentDictionary<TKey, object>(-1, capacity);
        Memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = capacity });
        for (int id = 1; id <= Entries; id++)
        {
            TKey key = KeyFactory.Create<TKey>(id);
            Cache.Set(key, Value);
            Dictionary[key] = Value;
            Memory.Set(key, Value, OneUnit);
        }

        if (Cache.Count != Entries || Dictionary.Count != Entries || Memory.Count != Entries)
        {
            throw new InvalidOperationException("Not every key is resident: a lookup would measure a miss.");
        }
    }

    [GlobalCleanup]
    public void Release()
    {
        Cache.Dispose();
        Memory.Dispose();
    }

    private protected TKey NextKey() => _keys[_next++ & (_keys.Length - 1)];
}
