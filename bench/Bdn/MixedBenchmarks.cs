using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Three of TryGet, and Set on a miss, then one Set; Zipf over four times the capacity. As the workload of the verb throughput.</summary>
[MemoryDiagnoser]
public class MixedBenchmarks : ZipfBenchmarks
{
    private const int SetEvery = 4;

    private int _operation;

    private protected override int Range => 4;

    [Benchmark]
    public void FastCache()
    {
        long key = NextKey();
        if (IsSet() || !Cache.TryGet(key, out _))
        {
            Cache.Set(key, Value);
        }
    }

    [Benchmark(Baseline = true)]
    public void ConcurrentDictionaryFifo()
    {
        long key = NextKey();
        if (IsSet() || !Fifo.TryGet(key, out _))
        {
            Fifo.Set(key, Value);
        }
    }

    [Benchmark]
    public void MemoryCache()
    {
        long key = NextKey();
        if (IsSet() || !Memory.TryGetValue(key, out _))
        {
            Memory.Set(key, Value, OneUnit);
        }
    }

    [Benchmark]
    public void LockedLru()
    {
        long key = NextKey();
        if (IsSet() || !Lru.TryGet(key, out _))
        {
            Lru.Set(key, Value);
        }
    }

    private bool IsSet() => _operation++ % SetEvery == 0;
}
