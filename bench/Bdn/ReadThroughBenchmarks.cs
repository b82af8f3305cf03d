using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>TryGet, and Set on a miss; Zipf over ten times the capacity.</summary>
[MemoryDiagnoser]
public class ReadThroughBenchmarks : ZipfBenchmarks
{
    private protected override int Range => 10;

    [Benchmark]
    public object FastCache()
    {
        long key = NextKey();
        if (Cache.TryGet(key, out object? value))
        {
            return value;
        }

        Cache.Set(key, Value);
        return Value;
    }

    [Benchmark(Baseline = true)]
    public object ConcurrentDictionaryFifo()
    {
        long key = NextKey();
        if (Fifo.TryGet(key, out object? value))
        {
            return value;
        }

        Fifo.Set(key, Value);
        return Value;
    }

    [Benchmark]
    public object MemoryCache()
    {
        long key = NextKey();
        return Memory.TryGetValue(key, out object? value) ? value! : Memory.Set(key, Value, OneUnit);
    }

    [Benchmark]
    public object LockedLru()
    {
        long key = NextKey();
        if (Lru.TryGet(key, out object? value))
        {
            return value;
        }

        Lru.Set(key, Value);
        return Value;
    }
}
