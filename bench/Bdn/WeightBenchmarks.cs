using BenchmarkDotNet.Attributes;
using FastCache.Bench.Contestants;
using FastCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>
/// Set of keys never seen before: with a limit of entries, with a weigher for which every entry weighs one, and with weights from 1 to 8,
/// where a new entry may cost several old ones, or is turned away.
/// </summary>
[MemoryDiagnoser]
public class WeightBenchmarks : NewKeyBenchmarks
{
    private const int Heaviest = 8;

    private static readonly MemoryCacheEntryOptions[] Units =
        [.. Enumerable.Range(1, Heaviest).Select(static weight => new MemoryCacheEntryOptions { Size = weight })];

    private FastCacheContestant<Weighing> _ones;

    private Cache<long, object> Weights { get; set; } = null!;

    private MemoryCache MemoryWeights { get; set; } = null!;

    // What Entries of them weigh on average.
    private long Limit => Entries * (1L + Heaviest) / 2;

    public override void Fill()
    {
        base.Fill();
        _ones = FastCacheContestant<Weighing>.Create(new CacheShape(Entries));
        Weights = new Cache<long, object>(new CacheOptions<long, object>
        {
            WeightLimit = Limit,
            ExpectedEntries = Entries,
            Weigher = static (key, _) => WeightOf(key),
        });
        MemoryWeights = new MemoryCache(new MemoryCacheOptions { SizeLimit = Limit });
        for (int id = 1; id <= 2 * Entries; id++)
        {
            long key = SplitMix64.Scramble(id);
            _ones.Set(key, Value);
            Weights.Set(key, Value);
            MemoryWeights.Set(key, Value, Units[WeightOf(key) - 1]);
        }

        VerifyFull();
    }

    public override void Release()
    {
        VerifyFull();
        base.Release();
        _ones.Dispose();
        Weights.Dispose();
        MemoryWeights.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void FastCache() => Cache.Set(NewKey(), Value);

    [Benchmark]
    public void FastCacheWeighingOne() => _ones.Set(NewKey(), Value);

    [Benchmark]
    public void FastCacheWeighing() => Weights.Set(NewKey(), Value);

    [Benchmark]
    public void MemoryCache() => Memory.Set(NewKey(), Value, OneUnit);

    [Benchmark]
    public void MemoryCacheWeighing()
    {
        long key = NewKey();
        MemoryWeights.Set(key, Value, Units[WeightOf(key) - 1]);
    }

    private protected override bool IsHeld(long key) =>
        base.IsHeld(key) || _ones.TryGet(key, out _) || Weights.ContainsKey(key) || MemoryWeights.TryGetValue(key, out _);

    private static int WeightOf(long key) => 1 + (int)(key & (Heaviest - 1));

    private void VerifyFull() => Verify.That(
        _ones.Count == Entries && Weights.Weight <= Limit && Weights.Weight > Limit * 9 / 10,
        "A cache is not full, or more than that.");
}
