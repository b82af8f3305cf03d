using FastCache.Extensions;
using FastCache.Extensions.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the caches to an application's health checks.</summary>
public static class FastCacheHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of all caches of the container that have been made so far, and of the logs under them.</summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="configure">Changes the thresholds; null for nothing.</param>
    /// <param name="name">What the check is called.</param>
    /// <param name="failureStatus">
    /// What is reported when a log has failed; null for <see cref="HealthStatus.Unhealthy"/>. All else that is not well is reported as
    /// <see cref="HealthStatus.Degraded"/>: the cache serves.
    /// </param>
    /// <param name="tags">By which checks can be selected; null for none.</param>
    /// <param name="timeout">How long the check may take; null for as long as it takes.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <remarks>
    /// Thresholds come from the section <c>FastCache:Health</c>, and are validated when the application starts. Checks of different names or
    /// callers share what they know: none changes what another one finds. A check waits for nothing and makes no cache.
    /// </remarks>
    public static IHealthChecksBuilder AddFastCache(
        this IHealthChecksBuilder builder,
        Action<FastCacheHealthOptions>? configure = null,
        string name = "fastcache",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);

        IServiceCollection services = builder.Services.AddFastCache();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<FastCacheHealthOptions>, FastCacheHealthConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FastCacheHealthOptions>, FastCacheHealthOptionsValidator>());
        services.AddOptions<FastCacheHealthOptions>().ValidateOnStart();
        services.TryAddSingleton<FastCacheHealthMonitor>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder.Add(new HealthCheckRegistration(
            name,
            static provider => new FastCacheHealthCheck(provider.GetRequiredService<FastCacheHealthMonitor>()),
            failureStatus,
            tags,
            timeout));
    }
}
