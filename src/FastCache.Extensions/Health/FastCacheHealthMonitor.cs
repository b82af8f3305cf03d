using FastCache.Extensions.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastCache.Extensions.Health;

/// <summary>Watches all caches of a container, for however many checks. Thread-safe.</summary>
/// <remarks>Looks only at caches that are there: a check makes none, opens no log and waits for nothing.</remarks>
internal sealed class FastCacheHealthMonitor(
    FastCacheProvider provider, IOptionsMonitor<FastCacheHealthOptions> options, IServiceProvider services)
{
    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<object, CacheWatch> _watches = new(ReferenceEqualityComparer.Instance);

    /// <summary>How all caches are now.</summary>
    public List<CacheHealth> Look()
    {
        FastCacheHealthOptions thresholds = options.CurrentValue;
        List<CacheHealth> all = [];
        lock (_gate)
        {
            List<CacheFigures> figures = provider.Observe();
            string[] names = CacheNames.Of(figures);
            for (int i = 0; i < names.Length; i++)
            {
                CacheWatch watch = WatchOf(figures[i]);
                watch.Look(figures[i], thresholds);
                all.Add(new CacheHealth(
                    names[i], watch.Last, watch.Rates, [.. CacheExamination.Of(watch, thresholds), .. LogExamination.Of(watch, thresholds)]));
            }
        }

        return all;
    }

    private CacheWatch WatchOf(CacheFigures figures)
    {
        if (!_watches.TryGetValue(figures.Source, out CacheWatch? watch))
        {
            _watches.Add(figures.Source, watch = new CacheWatch(figures, _time));
        }

        return watch;
    }
}
