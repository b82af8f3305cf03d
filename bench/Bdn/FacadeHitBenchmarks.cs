using BenchmarkDotNet.Attributes;
using FastCache.Bench.Facades;

namespace FastCache.Bench.Bdn;

/// <summary>TryGetValue of keys that are all present, uniformly at random.</summary>
[MemoryDiagnoser]
public class FacadeHitBenchmarks : FacadeBenchmarks
{
    private const int Keys = 1 << 16;

    private string[] _keys = [];
    private int _next;

    // A quarter stays free: a sharded cache is full when its fullest shard is.
    private protected override int Capacity => Entries + (Entries / 4);

    public override void Fill()
    {
        base.Fill();
        _keys = RepeatedFacadeKeys.Uniform(Entries, Keys).Next(threads: 1, Keys)[0].ToArray();
        VerifyHeld();
    }

    public override void Release()
    {
        VerifyHeld();
        base.Release();
    }

    [Benchmark]
    public object? FastCacheMemoryCache() => Fast.Get(NextKey());

    [Benchmark(Baseline = true)]
    public object? MemoryCache() => Platform.Get(NextKey());

    [Benchmark]
    public object? FastCache() => Plain.Get(NextKey());

    private string NextKey() => _keys[_next++ & (Keys - 1)];

    private void VerifyHeld() => Verify.That(
        _keys.All(key => Platform.Get(key) == Value && Fast.Get(key) == Value && Plain.Get(key) == Value), "A hit would measure a miss.");
}
