using BenchmarkDotNet.Attributes;

namespace FastCache.Bench.Bdn;

/// <summary>TryGet of keys that are all absent, uniformly at random.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(long))]
[GenericTypeArguments(typeof(Guid))]
[GenericTypeArguments(typeof(string))]
[GenericTypeArguments(typeof((int, string)))]
[GenericTypeArguments(typeof(RecordKey))]
public class LookupAbsentBenchmarks<TKey> : KeyedBenchmarks<TKey>
    where TKey : notnull
{
    private protected override bool AsksForPresentKeys => false;

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
