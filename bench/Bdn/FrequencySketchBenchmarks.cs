using BenchmarkDotNet.Attributes;
using FastCache.Bench.Workloads;
using FastCache.Eviction;

namespace FastCache.Bench.Bdn;

/// <summary>The frequency sketch alone, asked for the hashes of a Zipf distribution over ten times its entries.</summary>
[MemoryDiagnoser]
public class FrequencySketchBenchmarks : SizedBenchmarks
{
    private const int Range = 10;
    private const long Seed = 46;

    private FrequencySketch _sketch;
    private uint[] _hashes = [];
    private int _next;

    // The hash of id 1, the most frequent.
    private static uint Hottest => (uint)SplitMix64.Scramble(1);

    [GlobalSetup]
    public void Fill()
    {
        _sketch = new FrequencySketch(Entries, Entries);
        _hashes = [.. KeySequence.Zipf(Entries, (long)Entries * Range, Seed).Select(static key => (uint)key)];
        foreach (uint hash in _hashes)
        {
            _sketch.Record(hash);
        }

        VerifyKnown();
    }

    [GlobalCleanup]
    public void VerifyKnown() => Verify.That(_sketch.Estimate(Hottest) >= 4, "The most frequent hash has been forgotten.");

    [Benchmark(Baseline = true)]
    public uint NextHashAlone() => NextHash();

    /// <summary>With what it halves now and then.</summary>
    [Benchmark]
    public void Record() => _sketch.Record(NextHash());

    [Benchmark]
    public int Estimate() => _sketch.Estimate(NextHash());

    private uint NextHash() => _hashes[_next++ & (_hashes.Length - 1)];
}
