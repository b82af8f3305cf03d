using FastCache.Extensions;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FastCache.Tests.Extensions.Health;

/// <summary>A container whose health is asked for, at moments that a test chooses. Intervals last a minute, and 100 requests are enough.</summary>
internal sealed class HealthProbe : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public HealthProbe(Action<IServiceCollection> add, params (string Key, string? Value)[] settings)
    {
        (string Key, string? Value)[] all =
            [("FastCache:Health:Interval", "00:01:00"), ("FastCache:Health:MinRequests", "100"), ("FastCache:Health:MinFreeDiskMegabytes", "0"), .. settings];

        // The last word counts.
        IServiceCollection services = Configured.Services([.. all.Reverse().DistinctBy(static setting => setting.Key)])
            .AddSingleton<TimeProvider>(Time)
            .AddLogging();
        add(services);
        services.AddHealthChecks().AddFastCache();
        _provider = services.BuildServiceProvider();
    }

    public ManualTimeProvider Time { get; } = new();

    public IFastCacheProvider Caches => _provider.GetRequiredService<IFastCacheProvider>();

    public IServiceProvider Services => _provider;

    /// <summary>Checks now.</summary>
    public async Task<HealthReportEntry> CheckAsync(string name = "fastcache")
        => (await _provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];

    /// <summary>Ends the interval, and checks.</summary>
    public Task<HealthReportEntry> CheckAfterIntervalAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        return CheckAsync();
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
