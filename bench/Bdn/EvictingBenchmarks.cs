using BenchmarkDotNet.Attributes;
using FastCache.Bench.Contestants;
using FastCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Full caches of long keys, each new one of which costs an old one.</summary>
public abstract class EvictingBenchmarks
{
    [Params(1_000, 100_000)]
    public int Entries { get; set; }

    private protected Cache<long, object> Cache { get; private set; } = null!;

    private protected FifoDictionary Fifo { get; private set; } = null!;

    private protected MemoryCache Memory { get; private set; } = null!;

    private protected object Value { get; } = new();

    private protected static MemoryCacheEntryOptions OneUnit { get; } = new() { Size = 1 };

    [GlobalSetup]
    public virtual void Fill()
    {
        Cache = new Cache<long, object>(new CacheOptions<long, object> { Capacity = Entries });
        Fifo = new FifoDictionary(Entries);
        Memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = Entries });
        for (int id = 1; id <= Entries; id++)
        {
            long key = SplitMix64.Scramble(id);
            Cache.Set(key, Value);
            Fifo.Set(key, Value);
            Memory.Set(key, Value, OneUnit);
        }
    }

    [GlobalCleanup]
    public void Release()
    {
        Cache.Dispose();
        Memory.Dispose();
    }
}
