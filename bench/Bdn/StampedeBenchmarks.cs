using BenchmarkDotNet.Attributes;
using FastCache.Bench.Loading;

namespace FastCache.Bench.Bdn;

/// <summary>
/// Many callers of one absent key, at once, whose factory ends when all of them have asked. Times are of a whole stampede. MemoryCache
/// runs a factory for each caller.
/// </summary>
[MemoryDiagnoser]
public class StampedeBenchmarks
{
    private LoadWorkload _stampede = null!;

    public static IEnumerable<int> CallerCounts => BdnScale.Choose(small: [100], full: [10, 100, 1_000]);

    [ParamsSource(nameof(CallerCounts))]
    public int Callers { get; set; }

    [GlobalSetup]
    public void Create() => _stampede = StampedeWorkload.Create(Callers);

    [Benchmark]
    public Task FastCache() => RunAsync(StampedeWorkload.FastCache);

    [Benchmark(Baseline = true)]
    public Task ConcurrentDictionaryOfLazy() => RunAsync(StampedeWorkload.Dictionary);

    [Benchmark]
    public Task MemoryCache() => RunAsync(StampedeWorkload.MemoryCache);

    private async Task RunAsync(string contestant)
    {
        LoadCase stampede = _stampede.Cases.First(found => found.Contestant == contestant);
        long right = await stampede.Turn().ConfigureAwait(false);
        Verify.That(right == Callers || stampede.Flaw is not null, "Not every caller got the value of the first factory.");
    }
}
