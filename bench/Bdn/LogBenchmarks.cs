using BenchmarkDotNet.Attributes;
using FastCache.Bench.Log;

namespace FastCache.Bench.Bdn;

/// <summary>Suites of caches of JSON by Guid that have a log, in a temporary directory.</summary>
public abstract class LogBenchmarks
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"fastcache-bdn-{Guid.NewGuid():N}");

    public static IEnumerable<int> ValueSizes => BdnScale.Choose(small: [400], full: [100, 400, 4096]);

    [ParamsSource(nameof(ValueSizes))]
    public int ValueSize { get; set; }

    private protected LogDirectories Directories => field ??= new LogDirectories(_root);

    [GlobalCleanup]
    public virtual void Release()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}
