using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>
/// Read, or make and add, of keys never seen before. Of these only FastCache sees to it that one factory a key runs at a time.
/// MemoryCache refuses many of them while it is over its limit.
/// </summary>
[MemoryDiagnoser]
public class GetOrAddMissBenchmarks : NewKeyBenchmarks
{
    private static readonly object Made = new();

    [Benchmark]
    public object FastCache() => Cache.GetOrAdd(NewKey(), static _ => Made);

    [Benchmark(Baseline = true)]
    public object ConcurrentDictionaryFifo()
    {
        long key = NewKey();
        if (!Fifo.TryGet(key, out object? value))
        {
            Fifo.Set(key, value = Made);
        }

        return value;
    }

    [Benchmark]
    public object MemoryCache() => Memory.GetOrCreate(NewKey(), static _ => Made, OneUnit)!;

    [Benchmark]
    public object LockedLru()
    {
        long key = NewKey();
        if (!Lru.TryGet(key, out object? value))
        {
            Lru.Set(key, value = Made);
        }

        return value;
    }
}
