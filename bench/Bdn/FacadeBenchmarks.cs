using BenchmarkDotNet.Attributes;
using FastCache.Bench.Facades;

namespace FastCache.Bench.Bdn;

/// <summary>Caches behind <c>IMemoryCache</c>, and one behind nothing, by strings.</summary>
public abstract class FacadeBenchmarks : SizedBenchmarks
{
    private protected MemoryFacade<PlatformMemoryCache> Platform { get; private set; }

    private protected MemoryFacade<CountingFastMemoryCache> Fast { get; private set; }

    private protected StringKeyFacade Plain { get; private set; }

    private protected object Value { get; } = new();

    /// <summary>How many entries there is room for.</summary>
    private protected abstract int Capacity { get; }

    [GlobalSetup]
    public virtual void Fill()
    {
        FacadeShape shape = new(Capacity, new FacadeFactory(Value));
        Platform = Fill<MemoryFacade<PlatformMemoryCache>>(shape);
        Fast = Fill<MemoryFacade<CountingFastMemoryCache>>(shape);
        Plain = Fill<StringKeyFacade>(shape);
    }

    [GlobalCleanup]
    public virtual void Release()
    {
        Platform.Dispose();
        Fast.Dispose();
        Plain.Dispose();
    }

    private protected bool IsHeld(string key)
        => Platform.Get(key) == Value || Fast.Get(key) == Value || Plain.Get(key) == Value;

    private TFacade Fill<TFacade>(FacadeShape shape)
        where TFacade : struct, IFacade<TFacade>
    {
        var facade = TFacade.Create(shape);
        for (int id = 1; id <= Entries; id++)
        {
            facade.Set(FacadeKeys.Of(id), Value);
        }

        return facade;
    }
}
