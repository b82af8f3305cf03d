using BenchmarkDotNet.Attributes;
using FastCache.Bench.Facades;

namespace FastCache.Bench.Bdn;

/// <summary>CreateEntry of keys never seen before, which are made on the way. MemoryCache drops most of them while it is full.</summary>
[MemoryDiagnoser]
public class FacadeInsertBenchmarks : FacadeBenchmarks
{
    private const int EnoughToTell = 10_000;
    private const int LastFew = 1 << 20;

    private long _nextId;

    private protected override int Capacity => Entries;

    public override void Fill()
    {
        base.Fill();
        _nextId = Entries + 1;
    }

    public override void Release()
    {
        long made = _nextId - Entries - 1;
        bool isAdded = false;
        for (long id = _nextId - 1; id > Math.Max(Entries, _nextId - LastFew) && !isAdded; id--)
        {
            isAdded = IsHeld(FacadeKeys.Of(id));
        }

        Verify.That(isAdded || made < EnoughToTell, "The new keys were not added.");
        base.Release();
    }

    [Benchmark]
    public void FastCacheMemoryCache() => Fast.Set(NewKey(), Value);

    [Benchmark(Baseline = true)]
    public void MemoryCache() => Platform.Set(NewKey(), Value);

    [Benchmark]
    public void FastCache() => Plain.Set(NewKey(), Value);

    private string NewKey() => FacadeKeys.Of(_nextId++);
}
