using FastCache.Extensions;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace FastCache.Tests.Extensions.Health;

public sealed class HealthRegistrationTests
{
    [Fact]
    public void A_check_is_registered_as_the_platforms_own_are()
    {
        IServiceCollection services = new ServiceCollection();
        IHealthChecksBuilder builder = services.AddHealthChecks();

        Assert.Same(builder, builder.AddFastCache());
        builder.AddFastCache(name: "caches", failureStatus: HealthStatus.Degraded, tags: ["ready"], timeout: TimeSpan.FromSeconds(3));

        using ServiceProvider provider = services.BuildServiceProvider();
        HealthCheckRegistration[] added = [.. provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations];
        Assert.Equal(["fastcache", "caches"], added.Select(static registration => registration.Name));
        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Degraded), (added[0].FailureStatus, added[1].FailureStatus));
        Assert.Equal(["ready"], added[1].Tags);
        Assert.Equal((Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(3)), (added[0].Timeout, added[1].Timeout));
        Assert.NotNull(provider.GetRequiredService<IFastCacheProvider>());
        Assert.Throws<ArgumentNullException>("builder", () => default(IHealthChecksBuilder)!.AddFastCache());
        Assert.Throws<ArgumentNullException>("name", () => builder.AddFastCache(name: null!));
    }

    [Fact]
    public void Thresholds_come_from_the_configuration_and_code_has_the_last_word()
    {
        IServiceCollection services = Configured.Services(
            ("FastCache:Health:Interval", "00:00:30"),
            ("FastCache:Health:MinRequests", "5"),
            ("FastCache:Health:MaxHitRatioDrop", "0.3"),
            ("FastCache:Health:MinHitRatio", "0.7"),
            ("FastCache:Health:MaxEvictionsPerHit", "2.5"),
            ("FastCache:Health:MaxLogFill", "0.5"),
            ("FastCache:Health:MaxLogWaitRatio", "0.25"),
            ("FastCache:Health:MinFreeDiskMegabytes", "10"));
        services.AddHealthChecks().AddFastCache(static options => options.MinRequests += 1);

        FastCacheHealthOptions options = Get(services);

        Assert.Equal((TimeSpan.FromSeconds(30), 6, 10), (options.Interval, options.MinRequests, options.MinFreeDiskMegabytes));
        Assert.Equal((0.3, 0.7, 2.5), (options.MaxHitRatioDrop, options.MinHitRatio, options.MaxEvictionsPerHit));
        Assert.Equal((0.5, 0.25), (options.MaxLogFill, options.MaxLogWaitRatio));
        Assert.Equal(8, typeof(FastCacheHealthOptions).GetProperties().Length);
    }

    [Fact]
    public void Every_fault_is_named()
    {
        IServiceCollection services = new ServiceCollection();
        services.AddHealthChecks().AddFastCache(static options =>
        {
            options.Interval = TimeSpan.FromMilliseconds(999);
            options.MinRequests = 0;
            options.MaxHitRatioDrop = 0;
            options.MinHitRatio = 1.1;
            options.MaxEvictionsPerHit = double.NaN;
            options.MaxLogFill = 1.01;
            options.MaxLogWaitRatio = -0.1;
            options.MinFreeDiskMegabytes = -1;
        });

        Assert.Equal(
        [
            "Interval is", "MinRequests is 0", "MaxHitRatioDrop is 0", "MinHitRatio is 1.1", "MaxEvictionsPerHit is NaN", "MaxLogFill is 1.01",
            "MaxLogWaitRatio is -0.1", "MinFreeDiskMegabytes is -1",
        ],
            Assert.Throws<OptionsValidationException>(() => Get(services)).Failures,
            static (start, fault) => fault.StartsWith("FastCache:Health: " + start, StringComparison.Ordinal));
    }

    [Fact]
    public void The_bounds_themselves_are_valid()
    {
        IServiceCollection services = new ServiceCollection();
        services.AddHealthChecks().AddFastCache(static options =>
        {
            options.Interval = TimeSpan.FromSeconds(1);
            options.MinRequests = 1;
            options.MaxHitRatioDrop = 1;
            options.MinHitRatio = 0;
            options.MaxLogFill = 1;
            options.MaxLogWaitRatio = 1;
            options.MinFreeDiskMegabytes = 0;
        });

        Get(services);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_host_does_not_start_with_faults()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddHealthChecks().AddFastCache(static options => options.MinRequests = 0);
        using IHost host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private static FastCacheHealthOptions Get(IServiceCollection services)
    {
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<FastCacheHealthOptions>>().CurrentValue;
    }
}
