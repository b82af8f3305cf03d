using BenchmarkDotNet.Attributes;
using FastCache.Bench.Workloads;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Bdn;

/// <summary>TryGet, and Set on a miss; Zipf over ten times the capacity.</summary>
[MemoryDiagnoser]
public class ReadThroughBenchmarks : EvictingBenchmarks
{
    private const long Range = 10;
    private const long Seed = 45;

    private long[] _keys = [];
    private int _next;

    public override void Fill()
    {
        base.Fill();
        _keys = KeySequence.Zipf(Entries, Entries * Range, Seed);
    }

    [Benchmark]
    public object FastCache()
    {
        long key = NextKey();
        if (Cache.TryGet(key, out object? value))
        {
            return value;
        }

        Cache.Set(key, Value);
        return Value;
    }

    [Benchmark(Baseline = true)]
    public object ConcurrentDictionaryFifo()
    {
        long key = NextKey();
        if (Fifo.TryGet(key, out object? value))
        {
            return value;
        }

        Fifo.Set(key, Value);
        return Value;
    }

    [Benchmark]
    public object MemoryCache()
    {
        long key = NextKey();
        return Memory.TryGetValue(key, out object? value) ? value! : Memory.Set(key, Value, OneUnit);
    }

    private long NextKey() => _keys[_next++ & (_keys.Length - 1)];
}
