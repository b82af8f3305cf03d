using System.Diagnostics.Metrics;
using FastCache.Extensions;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.Diagnostics;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FastCache.Tests.Extensions.Diagnostics;

/// <summary>The caches of a container report to the container's own meter, each under its name.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Every_kind_of_cache_is_measured_under_its_name()
    {
        await Wait.LeaveRunner();
        await using ServiceProvider provider = new ServiceCollection()
            .AddMetrics()
            .AddFastCache<int, int>("orders")
            .AddFastCacheMemoryCache()
            .AddFastCacheMemoryCache("pages")
            .AddFastCacheDistributedCache()
            .AddFastCacheDistributedCache("sessions", options => options.PersistenceDirectory = _directory.Path)
            .BuildServiceProvider();
        using var reading = new MeterReading(provider.GetRequiredService<IMeterFactory>());
        IFastCacheProvider caches = provider.GetRequiredService<IFastCacheProvider>();
        provider.GetRequiredKeyedService<Cache<int, int>>("orders").Set(1, 1);
        caches.GetCache<int, int>("late").Set(1, 1);
        provider.GetRequiredService<IMemoryCache>().Set("a", 1);
        provider.GetRequiredKeyedService<IMemoryCache>("pages").TryGetValue("a", out _);
        provider.GetRequiredService<IDistributedCache>().Set("a", [1]);
        provider.GetRequiredKeyedService<IDistributedCache>("sessions").Set("a", [1]);

        reading.Observe();

        Assert.Equal(
            new Dictionary<string, double>
            {
                ["dotnet.cache.name=orders"] = 1,
                ["dotnet.cache.name=late"] = 1,
                ["dotnet.cache.name=memory"] = 1,
                ["dotnet.cache.name=pages"] = 0,
                ["dotnet.cache.name=distributed"] = 1,
                ["dotnet.cache.name=sessions"] = 1,
            },
            reading.Of("dotnet.cache.entries"));
        Assert.Equal(1, reading.Of("dotnet.cache.requests")["dotnet.cache.name=pages,dotnet.cache.request.result=miss"]);
        Assert.Equal(["dotnet.cache.name=sessions"], reading.Of("fastcache.log.size").Keys);
    }
}
