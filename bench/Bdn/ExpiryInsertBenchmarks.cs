using BenchmarkDotNet.Attributes;
using FastCache.Bench.Contestants;
using FastCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>Set of keys never seen before, with a lifetime: a timer is set for the new entry, and that of the evicted one is cancelled.</summary>
[MemoryDiagnoser]
public class ExpiryInsertBenchmarks : NewKeyBenchmarks
{
    private FastCacheContestant<Expiring> _byTtl;
    private FastCacheContestant<Sliding> _bySliding;

    public override void Fill()
    {
        base.Fill();
        _byTtl = FastCacheContestant<Expiring>.Create(new CacheShape(Entries));
        _bySliding = FastCacheContestant<Sliding>.Create(new CacheShape(Entries));
        for (int id = 1; id <= 2 * Entries; id++)
        {
            _byTtl.Set(SplitMix64.Scramble(id), Value);
            _bySliding.Set(SplitMix64.Scramble(id), Value);
        }
    }

    public override void Release()
    {
        Verify.That(_byTtl.Count == Entries && _bySliding.Count == Entries, "A cache is not full, or more than that.");
        base.Release();
        _byTtl.Dispose();
        _bySliding.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void FastCache() => Cache.Set(NewKey(), Value);

    [Benchmark]
    public void FastCacheTtl() => _byTtl.Set(NewKey(), Value);

    [Benchmark]
    public void FastCacheSliding() => _bySliding.Set(NewKey(), Value);

    [Benchmark]
    public void MemoryCache() => Memory.Set(NewKey(), Value, OneUnit);

    [Benchmark]
    public void MemoryCacheTtl() => Memory.Set(NewKey(), Value, OneUnitByTtl);

    private protected override bool IsHeld(long key) => base.IsHeld(key) || _byTtl.TryGet(key, out _) || _bySliding.TryGet(key, out _);

    private static MemoryCacheEntryOptions OneUnitByTtl { get; } = new() { Size = 1, AbsoluteExpirationRelativeToNow = Lifetimes.Long };
}
