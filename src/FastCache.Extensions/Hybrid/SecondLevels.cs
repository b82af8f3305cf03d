using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace FastCache.Extensions.Hybrid;

/// <summary>Which cache of an application is the second level of a hybrid one.</summary>
internal static class SecondLevels
{
    // Of a package that this one does not need.
    private const string PlatformMemory = "Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache";

    /// <summary>The cache; null if there is none, or none that would be of use.</summary>
    /// <exception cref="InvalidOperationException">The settings name one that there is not.</exception>
    public static IDistributedCache? Find(IServiceProvider? services, FastCacheHybridOptions options)
        => options.SecondLevelName is { } name
            ? (services as IKeyedServiceProvider)?.GetRequiredKeyedService<IDistributedCache>(name)
                ?? throw new InvalidOperationException($"There are no services to find the second level '{name}' in.")
            : services?.GetService<IDistributedCache>() is { } cache && IsOfUse(cache) ? cache : null;

    // What is in the memory of this process has nothing that the first level has not, and goes with it. One that is named is taken in any case.
    private static bool IsOfUse(IDistributedCache cache)
        => cache is FastCacheDistributedCache own ? own.IsDurable : cache.GetType().FullName != PlatformMemory;
}
