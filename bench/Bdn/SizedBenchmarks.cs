using BenchmarkDotNet.Attributes;

namespace FastCache.Bench.Bdn;

/// <summary>Suites whose parameter is the number of entries.</summary>
public abstract class SizedBenchmarks
{
    public static IEnumerable<int> EntryCounts => BdnScale.Entries;

    [ParamsSource(nameof(EntryCounts))]
    public int Entries { get; set; }
}
