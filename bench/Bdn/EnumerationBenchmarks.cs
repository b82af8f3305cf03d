using BenchmarkDotNet.Attributes;

namespace FastCache.Bench.Bdn;

/// <summary>
/// A pass over all entries; times are of the whole pass. The dictionary behind a lock gives a copy. MemoryCache can name its keys only.
/// </summary>
[MemoryDiagnoser]
public class EnumerationBenchmarks : KeyedBenchmarks<long>
{
    [Benchmark]
    public void FastCache()
    {
        int right = 0;
        foreach ((long _, object value) in Cache)
        {
            right += ReferenceEquals(value, Value) ? 1 : 0;
        }

        VerifyAll(right);
    }

    [Benchmark(Baseline = true)]
    public void ConcurrentDictionary()
    {
        int right = 0;
        foreach ((long _, object value) in Dictionary)
        {
            right += ReferenceEquals(value, Value) ? 1 : 0;
        }

        VerifyAll(right);
    }

    [Benchmark]
    public void LockedDictionary()
    {
        int right = 0;
        foreach ((long _, object value) in Locked.ToArray())
        {
            right += ReferenceEquals(value, Value) ? 1 : 0;
        }

        VerifyAll(right);
    }

    [Benchmark]
    public void MemoryCacheKeys()
    {
        int keys = 0;
        foreach (object _ in Memory.Keys)
        {
            keys++;
        }

        VerifyAll(keys);
    }

    private void VerifyAll(int count) => Verify.That(count == Entries, "Not every entry was seen.");
}
