using BenchmarkDotNet.Attributes;
using FastCache.Bench.Contestants;
using FastCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Full caches of long keys, each new one of which costs an old one.</summary>
public abstract class EvictingBenchmarks : SizedBenchmarks
{
    /// <summary>Requests after which MemoryCache, too, which refuses some for a while, has taken one.</summary>
    private protected const int EnoughToTell = 10_000;

    private protected Cache<long, object> Cache { get; private set; } = null!;

    private protected FifoDictionary Fifo { get; private set; } = null!;

    private protected MemoryCache Memory { get; private set; } = null!;

    private protected LockedLru<long, object> Lru { get; private set; } = null!;

    private protected object Value { get; } = new();

    private protected static MemoryCacheEntryOptions OneUnit { get; } = new() { Size = 1 };

    [GlobalSetup]
    public virtual void Fill()
    {
        Cache = new Cache<long, object>(new CacheOptions<long, object> { Capacity = Entries });
        Fifo = new FifoDictionary(Entries);
        Memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = Entries });
        Lru = new LockedLru<long, object>(Entries);
        for (int id = 1; id <= 2 * Entries; id++)
        {
            long key = SplitMix64.Scramble(id);
            Cache.Set(key, Value);
            Fifo.Set(key, Value);
            Memory.Set(key, Value, OneUnit);
            Lru.Set(key, Value);
        }

        VerifyFull();
    }

    [GlobalCleanup]
    public virtual void Release()
    {
        VerifyFull();
        Cache.Dispose();
        Memory.Dispose();
    }

    /// <summary>Whether any of them has a key; a benchmark runs one of them only.</summary>
    private protected virtual bool IsHeld(long key) =>
        Cache.ContainsKey(key) || Fifo.TryGet(key, out _) || Lru.TryGet(key, out _) || Memory.TryGetValue(key, out _);

    /// <remarks>What MemoryCache holds depends on the thread pool: it evicts in the background, a twentieth at a time.</remarks>
    private void VerifyFull() => Verify.That(
        Cache.Count == Entries && Fifo.Count == Entries && Lru.Count == Entries && Memory.Count <= Entries,
        "A cache is not full, or more than that.");
}
