using FastCache.Extensions;
using FastCache.Extensions.Registration;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class FastCacheServiceCollectionExtensions
{
    private const string MemoryName = "memory";
    private const string DistributedName = "distributed";
    private const string HybridName = "hybrid";

    /// <summary>Adds an <see cref="IMemoryCache"/>, called <c>memory</c> in settings and metrics.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes its settings; null for nothing.</param>
    /// <param name="replace">Whether it takes the place of one that was added before, by <c>AddMemoryCache</c> say. If not, that one stays.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddFastCacheMemoryCache(
        this IServiceCollection services, Action<FastCacheOptions>? configure = null, bool replace = false)
    {
        services.AddFastCache(MemoryName, configure);
        return services.AddOne<IMemoryCache>(
            static provider => provider.GetRequiredService<IFastCacheProvider>().GetMemoryCache(MemoryName), replace);
    }

    /// <summary>Adds an <see cref="IMemoryCache"/> with a name, which is its key in the container.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Changes its settings; null for nothing.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="name"/> is null.</exception>
    public static IServiceCollection AddFastCacheMemoryCache(
        this IServiceCollection services, string name, Action<FastCacheOptions>? configure = null)
    {
        services.AddFastCache(name, configure);
        services.TryAddKeyedSingleton(
            name, static (provider, key) => provider.GetRequiredService<IFastCacheProvider>().GetMemoryCache((string)key!));
        return services;
    }

    /// <summary>Adds an <see cref="IDistributedCache"/>, called <c>distributed</c> in settings and metrics.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes its settings; null for nothing.</param>
    /// <param name="replace">
    /// Whether it takes the place of one that was added before, by <c>AddDistributedMemoryCache</c> say. If not, that one stays.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddFastCacheDistributedCache(
        this IServiceCollection services, Action<FastCacheOptions>? configure = null, bool replace = false)
    {
        services.AddFastCache(DistributedName, configure);
        services.AddSingleton<CacheRegistration>(new DistributedCacheRegistration(DistributedName));
        return services.AddOne<IDistributedCache>(
            static provider => provider.GetRequiredService<IFastCacheProvider>().GetDistributedCache(DistributedName), replace);
    }

    /// <summary>Adds an <see cref="IDistributedCache"/> with a name, which is its key in the container.</summary>
    /// <inheritdoc cref="AddFastCacheMemoryCache(IServiceCollection, string, Action{FastCacheOptions}?)" path="/*[not(self::summary)]"/>
    public static IServiceCollection AddFastCacheDistributedCache(
        this IServiceCollection services, string name, Action<FastCacheOptions>? configure = null)
    {
        services.AddFastCache(name, configure);
        services.AddSingleton<CacheRegistration>(new DistributedCacheRegistration(name));
        services.TryAddKeyedSingleton<IDistributedCache>(
            name, static (provider, key) => provider.GetRequiredService<IFastCacheProvider>().GetDistributedCache((string)key!));
        return services;
    }

    /// <summary>
    /// Adds a <see cref="HybridCache"/>, called <c>hybrid</c> in settings and metrics. The application's <see cref="IDistributedCache"/>, if it has
    /// one, is its second level; but not one that is in the memory of this process only.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes its settings; null for nothing.</param>
    /// <param name="replace">Whether it takes the place of one that was added before, by <c>AddHybridCache</c> say. If not, that one stays.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddFastCacheHybridCache(
        this IServiceCollection services, Action<FastCacheOptions>? configure = null, bool replace = false)
    {
        services.AddFastCache(HybridName, configure);
        return services.AddOne<HybridCache>(
            static provider => provider.GetRequiredService<IFastCacheProvider>().GetHybridCache(HybridName), replace);
    }

    /// <summary>Adds a <see cref="HybridCache"/> with a name, which is its key in the container.</summary>
    /// <inheritdoc cref="AddFastCacheMemoryCache(IServiceCollection, string, Action{FastCacheOptions}?)" path="/*[not(self::summary)]"/>
    public static IServiceCollection AddFastCacheHybridCache(
        this IServiceCollection services, string name, Action<FastCacheOptions>? configure = null)
    {
        services.AddFastCache(name, configure);
        services.TryAddKeyedSingleton<HybridCache>(
            name, static (provider, key) => provider.GetRequiredService<IFastCacheProvider>().GetHybridCache((string)key!));
        return services;
    }

    private static IServiceCollection AddOne<TService>(
        this IServiceCollection services, Func<IServiceProvider, TService> make, bool replace)
        where TService : class
    {
        if (replace)
        {
            services.RemoveAll<TService>();
        }

        services.TryAddSingleton(make);
        return services;
    }
}
