using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Registration;

/// <summary>What a cache takes from the application that it runs in.</summary>
internal sealed class CacheSurroundings(TimeProvider? timeProvider, ILoggerFactory? loggerFactory, IMeterFactory? meterFactory)
{
    /// <summary>What a container has registered.</summary>
    public CacheSurroundings(IServiceProvider services)
        : this(services.GetService<TimeProvider>(), services.GetService<ILoggerFactory>(), services.GetService<IMeterFactory>())
    {
    }

    public TimeProvider TimeProvider { get; } = timeProvider ?? TimeProvider.System;

    public ILoggerFactory? LoggerFactory { get; } = loggerFactory;

    public IMeterFactory? MeterFactory { get; } = meterFactory;
}
