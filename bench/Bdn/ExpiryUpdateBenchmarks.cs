using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Set of keys that are all present, each of which begins a new lifetime.</summary>
[MemoryDiagnoser]
public class ExpiryUpdateBenchmarks : ExpiringBenchmarks
{
    [Benchmark(Baseline = true)]
    public void FastCache() => Unlimited.Set(NextKey(), Value);

    [Benchmark]
    public void FastCacheTtl() => ByTtl.Set(NextKey(), Value);

    [Benchmark]
    public void FastCachePreciseTtl() => ByPreciseTtl.Set(NextKey(), Value);

    [Benchmark]
    public void FastCacheSliding() => BySliding.Set(NextKey(), Value);

    [Benchmark]
    public void MemoryCache() => Memory.Set(NextKey(), Value, OneUnit);

    [Benchmark]
    public void MemoryCacheTtl() => Memory.Set(NextKey(), Value, OneUnitByTtl);

    [Benchmark]
    public void MemoryCacheSliding() => Memory.Set(NextKey(), Value, OneUnitBySliding);
}
