using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastCache.Extensions.Registration;

/// <summary>What a cache takes from the application that it runs in.</summary>
internal sealed class CacheSurroundings(TimeProvider? timeProvider, ILoggerFactory? loggerFactory, IMeterFactory? meterFactory)
{
    private readonly ILogger _events = loggerFactory?.CreateLogger(CacheEvents.Category) ?? NullLogger.Instance;

    /// <summary>What a container has registered.</summary>
    public CacheSurroundings(IServiceProvider services)
        : this(services.GetService<TimeProvider>(), services.GetService<ILoggerFactory>(), services.GetService<IMeterFactory>())
    {
    }

    public TimeProvider TimeProvider { get; } = timeProvider ?? TimeProvider.System;

    public ILoggerFactory? LoggerFactory { get; } = loggerFactory;

    public IMeterFactory? MeterFactory { get; } = meterFactory;

    public ILogger LoggerFor(string category) => LoggerFactory?.CreateLogger(category) ?? NullLogger.Instance;

    /// <summary>Logs that a cache is there.</summary>
    public void LogMade(CacheLabel cache, long limit, bool isOfEntries)
        => CacheEvents.CacheMade(_events, cache, limit, isOfEntries ? "entries" : "in sizes");

    /// <summary>Logs that a cache is switched off.</summary>
    public void LogDisabled(CacheLabel cache) => CacheEvents.CacheDisabled(_events, cache);
}
