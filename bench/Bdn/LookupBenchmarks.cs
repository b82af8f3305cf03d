using BenchmarkDotNet.Attributes;

namespace FastCache.Bench.Bdn;

/// <summary>TryGet of keys that are all present, uniformly at random.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(long))]
[GenericTypeArguments(typeof(Guid))]
[GenericTypeArguments(typeof(string))]
[GenericTypeArguments(typeof((int, string)))]
[GenericTypeArguments(typeof(RecordKey))]
public class LookupBenchmarks<TKey> : KeyedBenchmarks<TKey>
    where TKey : notnull
{
    [Benchmark]
    public bool FastCache() => Cache.TryGet(NextKey(), out _);

    [Benchmark(Baseline = true)]
    public bool ConcurrentDictionary() => Dictionary.TryGetValue(NextKey(), out _);

    [Benchmark]
    public bool MemoryCache() => Memory.TryGetValue(NextKey(), out _);

    [Benchmark]
    public bool LockedLru() => Lru.TryGet(NextKey(), out _);

    [Benchmark]
    public bool LockedDictionary() => Locked.TryGet(NextKey(), out _);
}
