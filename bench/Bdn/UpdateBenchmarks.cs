using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Set of keys that are all present, uniformly at random.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(long))]
[GenericTypeArguments(typeof(Guid))]
[GenericTypeArguments(typeof(string))]
[GenericTypeArguments(typeof((int, string)))]
[GenericTypeArguments(typeof(RecordKey))]
public class UpdateBenchmarks<TKey> : KeyedBenchmarks<TKey>
    where TKey : notnull
{
    [Benchmark]
    public void FastCache() => Cache.Set(NextKey(), Value);

    [Benchmark(Baseline = true)]
    public void ConcurrentDictionary() => Dictionary[NextKey()] = Value;

    [Benchmark]
    public void MemoryCache() => Memory.Set(NextKey(), Value, OneUnit);

    [Benchmark]
    public void LockedLru() => Lru.Set(NextKey(), Value);

    [Benchmark]
    public void LockedDictionary() => Locked.Set(NextKey(), Value);
}
