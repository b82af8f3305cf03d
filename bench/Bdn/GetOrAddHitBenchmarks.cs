using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Read, or make and add, of keys that are all present, uniformly at random.</summary>
[MemoryDiagnoser]
public class GetOrAddHitBenchmarks : KeyedBenchmarks<long>
{
    private static readonly object Made = new();

    [Benchmark]
    public object FastCache() => Cache.GetOrAdd(NextKey(), static _ => Made);

    [Benchmark(Baseline = true)]
    public object ConcurrentDictionary() => Dictionary.GetOrAdd(NextKey(), static _ => Made);

    [Benchmark]
    public object MemoryCache() => Memory.GetOrCreate(NextKey(), static _ => Made, OneUnit)!;

    [Benchmark]
    public object LockedLru()
    {
        long key = NextKey();
        if (!Lru.TryGet(key, out object? value))
        {
            Lru.Set(key, value = Made);
        }

        return value;
    }

    [Benchmark]
    public object LockedDictionary()
    {
        long key = NextKey();
        if (!Locked.TryGet(key, out object? value))
        {
            Locked.Set(key, value = Made);
        }

        return value;
    }
}
