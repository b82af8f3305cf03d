using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Set of keys never seen before. MemoryCache refuses many of them while it is over its limit.</summary>
[MemoryDiagnoser]
public class InsertEvictBenchmarks : NewKeyBenchmarks
{
    [Benchmark]
    public void FastCache() => Cache.Set(NewKey(), Value);

    [Benchmark(Baseline = true)]
    public void ConcurrentDictionaryFifo() => Fifo.Set(NewKey(), Value);

    [Benchmark]
    public void MemoryCache() => Memory.Set(NewKey(), Value, OneUnit);

    [Benchmark]
    public void LockedLru() => Lru.Set(NewKey(), Value);
}
