using System.Runtime.CompilerServices;
using FastCache.Extensions;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace FastCache.Bench.Facades;

/// <summary>A cache behind <see cref="HybridCache"/>, called through it. All reads are <c>GetOrCreateAsync</c>.</summary>
internal readonly struct HybridFacade<TUse> : IFacade<HybridFacade<TUse>>
    where TUse : struct, IHybridUse
{
    private readonly ServiceProvider _services;
    private readonly FastCacheHybridCache _cache;

    private HybridFacade(FacadeShape shape)
    {
        IServiceCollection services = new ServiceCollection().AddFastCacheHybridCache(options =>
        {
            // Longer than anybody measures.
            options.DefaultExpiration = TimeSpan.FromDays(1);
            options.Capacity = shape.Capacity;
            options.Hybrid.SecondLevelName = TUse.SecondLevel;
        });
        if (TUse.SecondLevel is { } name)
        {
            services.AddFastCacheDistributedCache(name, options => options.Capacity = shape.Capacity);
        }

        _services = services.BuildServiceProvider();
        _cache = (FastCacheHybridCache)_services.GetRequiredService<HybridCache>();
    }

    public static string Name => TUse.Name;

    public static bool IsStrictlyBounded => false;

    public int? Count => (int)_cache.Statistics.Count;

    public static HybridFacade<TUse> Create(FacadeShape shape) => new(shape);

    public object? Get(string key) => TUse.Get(_cache, key);

    // Outside the clock.
    public void Set(string key, object value) => TUse.SetAsync(_cache, key, Unsafe.As<string>(value), TUse.Tags).AsTask().GetAwaiter().GetResult();

    public object? GetOrCreate(string key) => throw new NotSupportedException();

    public void Dispose() => _services.Dispose();
}
