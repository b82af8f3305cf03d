using FastCache;
using FastCache.Extensions;
using FastCache.Extensions.Registration;
using FastCache.Persistence;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds caches to an application.</summary>
/// <remarks>
/// Settings come from the configuration's section <c>FastCache</c>, see <see cref="FastCacheOptions"/>, then from the delegates: those for
/// all caches, then those for the cache's name, each in the order of the calls. They are validated when the application starts, or, where
/// there is no host, at the first use of a cache.
/// </remarks>
public static partial class FastCacheServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IFastCacheProvider"/>, and settings for all caches.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the settings of all caches; null for nothing.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddFastCache(this IServiceCollection services, Action<FastCacheOptions>? configure = null)
    {
        AddCore(services, Options.Options.DefaultName);
        return configure is null ? services : services.ConfigureAll(configure);
    }

    /// <summary>Adds settings for all caches from a section of the configuration.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddFastCache(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddFastCache(options => configuration.Bind(options));
    }

    /// <summary>Adds settings for the caches of a name.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Changes the settings; null for nothing.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="name"/> is null.</exception>
    public static IServiceCollection AddFastCache(this IServiceCollection services, string name, Action<FastCacheOptions>? configure = null)
    {
        AddCore(services, name);
        return configure is null ? services : services.Configure(name, configure);
    }

    /// <summary>Adds settings for the caches of a name from a section of the configuration.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configuration">The section.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddFastCache(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddFastCache(name, options => configuration.Bind(options));
    }

    /// <summary>Adds a <see cref="Cache{TKey, TValue}"/>, of which there is one in the container.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the cache's options. Limits and lifetimes that it leaves alone are as the settings say.</param>
    /// <param name="configureLog">
    /// Changes the options of the log under it. Null: it has none. The directory is that of the settings, if this leaves it alone.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddFastCache<TKey, TValue>(
        this IServiceCollection services,
        Action<CacheOptions<TKey, TValue>>? configure = null,
        Action<CacheLogOptions<TKey, TValue>>? configureLog = null)
        where TKey : notnull
    {
        AddCore(services, Options.Options.DefaultName);
        AddRegistration(services, CacheRegistration.For(Options.Options.DefaultName, configure, configureLog));
        services.TryAddSingleton(static provider => provider.GetRequiredService<IFastCacheProvider>().GetCache<TKey, TValue>(""));
        return services;
    }

    /// <summary>Adds a <see cref="Cache{TKey, TValue}"/> with a name, which is its key in the container.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Changes the cache's options. Limits and lifetimes that it leaves alone are as the settings say.</param>
    /// <param name="configureLog">
    /// Changes the options of the log under it. Null: it has none. The directory is that of the settings, if this leaves it alone.
    /// </param>
    /// <inheritdoc cref="AddFastCache{TKey, TValue}(IServiceCollection, Action{CacheOptions{TKey, TValue}}?, Action{CacheLogOptions{TKey, TValue}}?)" path="/*[self::typeparam or self::returns]"/>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="name"/> is null.</exception>
    public static IServiceCollection AddFastCache<TKey, TValue>(
        this IServiceCollection services,
        string name,
        Action<CacheOptions<TKey, TValue>>? configure = null,
        Action<CacheLogOptions<TKey, TValue>>? configureLog = null)
        where TKey : notnull
    {
        AddCore(services, name);
        AddRegistration(services, CacheRegistration.For(name, configure, configureLog));
        services.TryAddKeyedSingleton(
            name, static (provider, key) => provider.GetRequiredService<IFastCacheProvider>().GetCache<TKey, TValue>((string)key!));
        return services;
    }

    private static void AddRegistration<TKey, TValue>(IServiceCollection services, CacheRegistration<TKey, TValue> registration)
        where TKey : notnull
    {
        services.AddSingleton(registration);
        services.AddSingleton<CacheRegistration>(registration);
    }

    private static void AddCore(IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);

        // Before any delegate, so that code has the last word.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<FastCacheOptions>, FastCacheConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FastCacheOptions>, FastCacheOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FastCacheHostedService>());
        services.AddOptions<FastCacheOptions>(name).ValidateOnStart();
        services.TryAddSingleton<FastCacheProvider>();
        services.TryAddSingleton<IFastCacheProvider>(static provider => provider.GetRequiredService<FastCacheProvider>());
    }
}
