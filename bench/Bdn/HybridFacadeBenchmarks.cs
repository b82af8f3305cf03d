using BenchmarkDotNet.Attributes;
using FastCache.Bench.Facades;

namespace FastCache.Bench.Bdn;

/// <summary>GetOrCreateAsync of keys that are all present: from hybrid caches, memory caches, and the cache itself.</summary>
[MemoryDiagnoser]
public class HybridFacadeBenchmarks : SizedBenchmarks
{
    private const int Keys = 1 << 16;

    private readonly object _value = FacadeValue.CreateText(version: 1);
    private string[] _keys = [];
    private int _next;
    private AsyncMemoryFacade<PlatformMemoryCache> _platform;
    private AsyncMemoryFacade<CountingFastMemoryCache> _memory;
    private HybridFacade<SharedText> _shared;
    private HybridFacade<TaggedText> _tagged;
    private HybridFacade<TwoLevelText> _twoLevels;
    private HybridFacade<CopiedNote> _copied;
    private TextFacade _plain;

    [GlobalSetup]
    public void Fill()
    {
        FacadeShape shape = new(Entries + (Entries / 4), new FacadeFactory(_value));
        _keys = RepeatedFacadeKeys.Uniform(Entries, Keys).Next(threads: 1, Keys)[0].ToArray();
        _platform = Fill<AsyncMemoryFacade<PlatformMemoryCache>>(shape);
        _memory = Fill<AsyncMemoryFacade<CountingFastMemoryCache>>(shape);
        _shared = Fill<HybridFacade<SharedText>>(shape);
        _tagged = Fill<HybridFacade<TaggedText>>(shape);
        _twoLevels = Fill<HybridFacade<TwoLevelText>>(shape);
        _copied = Fill<HybridFacade<CopiedNote>>(shape);
        _plain = Fill<TextFacade>(shape);
    }

    [GlobalCleanup]
    public void Release()
    {
        _platform.Dispose();
        _memory.Dispose();
        _shared.Dispose();
        _tagged.Dispose();
        _twoLevels.Dispose();
        _copied.Dispose();
        _plain.Dispose();
    }

    [Benchmark]
    public object? HybridCache() => _shared.Get(NextKey());

    [Benchmark]
    public object? HybridCacheTagged() => _tagged.Get(NextKey());

    [Benchmark]
    public object? HybridCacheTaggedTwoLevels() => _twoLevels.Get(NextKey());

    [Benchmark]
    public object? HybridCacheCopying() => _copied.Get(NextKey());

    [Benchmark]
    public object? FastCacheMemoryCache() => _memory.Get(NextKey());

    [Benchmark(Baseline = true)]
    public object? MemoryCache() => _platform.Get(NextKey());

    [Benchmark]
    public object? FastCache() => _plain.Get(NextKey());

    private string NextKey() => _keys[_next++ & (Keys - 1)];

    private TFacade Fill<TFacade>(FacadeShape shape)
        where TFacade : struct, IFacade<TFacade>
    {
        var facade = TFacade.Create(shape);
        for (int id = 1; id <= Entries; id++)
        {
            facade.Set(FacadeKeys.Of(id), _value);
        }

        Verify.That(_keys.All(key => FacadeValue.IsSame(facade.Get(key), _value)), "A hit would measure a miss.");
        return facade;
    }
}
