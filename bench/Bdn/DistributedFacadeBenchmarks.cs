using BenchmarkDotNet.Attributes;
using FastCache.Bench.Facades;

namespace FastCache.Bench.Bdn;

/// <summary>Get of keys that are all present, from caches behind <c>IDistributedCache</c>. Only MemoryDistributedCache copies nothing.</summary>
[MemoryDiagnoser]
public class DistributedFacadeBenchmarks : SizedBenchmarks
{
    private const int Keys = 1 << 16;

    private string[] _keys = [];
    private int _next;
    private DistributedFacade<PlatformDistributedCache> _platform;
    private DistributedFacade<FastDistributedCache> _fast;
    private DistributedFacade<BufferedDistributedCache> _buffered;

    [Params(100, 4_000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        object value = FacadeValue.Create(Bytes, version: 1);
        FacadeShape shape = new(Entries + (Entries / 4), new FacadeFactory(value));
        _platform = DistributedFacade<PlatformDistributedCache>.Create(shape);
        _fast = DistributedFacade<FastDistributedCache>.Create(shape);
        _buffered = DistributedFacade<BufferedDistributedCache>.Create(shape);
        for (int id = 1; id <= Entries; id++)
        {
            string key = FacadeKeys.Of(id);
            _platform.Set(key, value);
            _fast.Set(key, value);
            _buffered.Set(key, value);
        }

        _keys = RepeatedFacadeKeys.Uniform(Entries, Keys).Next(threads: 1, Keys)[0].ToArray();
        Verify.That(
            _keys.All(key => FacadeValue.IsSame(_platform.Get(key), value)
                && FacadeValue.IsSame(_fast.Get(key), value)
                && FacadeValue.IsSame(_buffered.Get(key), value)),
            "A hit would measure a miss.");
    }

    [Benchmark]
    public object? FastCacheDistributedCache() => _fast.Get(NextKey());

    [Benchmark]
    public object? FastCacheToABuffer() => _buffered.Get(NextKey());

    [Benchmark(Baseline = true)]
    public object? MemoryDistributedCache() => _platform.Get(NextKey());

    private string NextKey() => _keys[_next++ & (Keys - 1)];
}
