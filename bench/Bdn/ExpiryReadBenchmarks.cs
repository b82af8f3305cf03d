using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>
/// TryGet of keys that are all present and have not expired: after a time to live, the same looked at to the moment, or after a time
/// without access, which each read puts off.
/// </summary>
[MemoryDiagnoser]
public class ExpiryReadBenchmarks : ExpiringBenchmarks
{
    [GlobalSetup(Target = nameof(MemoryCacheTtl))]
    public void FillByTtl() => Fill(OneUnitByTtl);

    [GlobalSetup(Target = nameof(MemoryCacheSliding))]
    public void FillBySliding() => Fill(OneUnitBySliding);

    [Benchmark(Baseline = true)]
    public bool FastCache() => Unlimited.TryGet(NextKey(), out _);

    [Benchmark]
    public bool FastCacheTtl() => ByTtl.TryGet(NextKey(), out _);

    [Benchmark]
    public bool FastCachePreciseTtl() => ByPreciseTtl.TryGet(NextKey(), out _);

    [Benchmark]
    public bool FastCacheSliding() => BySliding.TryGet(NextKey(), out _);

    [Benchmark]
    public bool MemoryCache() => Memory.TryGetValue(NextKey(), out _);

    [Benchmark]
    public bool MemoryCacheTtl() => Memory.TryGetValue(NextKey(), out _);

    [Benchmark]
    public bool MemoryCacheSliding() => Memory.TryGetValue(NextKey(), out _);
}
