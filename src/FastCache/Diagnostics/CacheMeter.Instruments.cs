using System.Diagnostics.Metrics;
using FastCache.Threading;

namespace FastCache.Diagnostics;

internal sealed partial class CacheMeter
{
    // Seconds: from what a local computation takes to what an interactive caller waits for at most.
    private static readonly InstrumentAdvice<double> LoadDurationAdvice = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private void Publish()
    {
        PublishForEveryCache();
        PublishOwn();
        PublishLoads();
        PublishLogs();
    }

    /// <summary>Names and attributes as the runtime's own caches have them.</summary>
    private void PublishForEveryCache()
    {
        _meter.CreateObservableCounter(
            "dotnet.cache.requests",
            () => Observe(
                TelemetryTags.RequestResult,
                [(TelemetryTags.Hit, static s => s.Hits), (TelemetryTags.Miss, static s => s.Misses)],
                static cache => cache.CountsRequests),
            "{request}",
            "Requests for a value, by whether it was there.");
        _meter.CreateObservableCounter(
            "dotnet.cache.evictions",
            () => Observe(
                TelemetryTags.EvictionReason,
                [(TelemetryTags.Capacity, static s => s.Evictions), (TelemetryTags.Expired, static s => s.Expirations)]),
            "{eviction}",
            "Entries that the cache gave up on its own.");
        _meter.CreateObservableUpDownCounter(
            "dotnet.cache.entries", () => Observe(static s => s.Count), "{entry}", "Entries in the cache.");
        _meter.CreateObservableUpDownCounter(
            "dotnet.cache.estimated_size",
            () => Observe(static s => s.Weight, static cache => cache.HasWeigher),
            "1",
            "What the entries weigh, in the weigher's unit.");
    }

    private void PublishOwn()
    {
        _meter.CreateObservableCounter(
            "fastcache.refused",
            () => Observe(
                TelemetryTags.RefusalReason,
                [
                    (TelemetryTags.TooHeavy, static s => s.RefusedAsTooHeavy),
                    (TelemetryTags.Admission, static s => s.RefusedByAdmission),
                    (TelemetryTags.Expired, static s => s.RefusedAsExpired),
                ]),
            "{value}",
            "Values that were written and not kept.");
        _meter.CreateObservableCounter(
            "fastcache.stale_served",
            () => Observe(static s => s.StaleServed),
            "{request}",
            "Requests answered with a value past its time.");
        _meter.CreateObservableCounter(
            "fastcache.refreshes",
            () => Observe(static s => s.Refreshes),
            "{value}",
            "Values renewed in the background.");
    }

    private void PublishLoads()
    {
        _meter.CreateObservableCounter(
            "fastcache.loads",
            () => Observe(
                TelemetryTags.LoadResult,
                [
                    (TelemetryTags.Success, static s => s.Loads - s.LoadFailures - s.LoadCancellations),
                    (TelemetryTags.Failure, static s => s.LoadFailures),
                    (TelemetryTags.Cancelled, static s => s.LoadCancellations),
                ]),
            "{load}",
            "Loads that have ended.");
        SharedMemory.WriteRelease(
            ref _loadDuration!,
            _meter.CreateHistogram("fastcache.load.duration", "s", "How long loads take.", tags: null, LoadDurationAdvice));
    }

    private List<Measurement<long>> Observe(Func<CacheStatistics, long> number, Predicate<IMeasuredCache>? isWanted = null)
        => Measure(Caches.SumByName(isWanted ?? (static _ => true)), number);

    private List<Measurement<long>> Observe(
        string tag,
        ReadOnlySpan<(string Value, Func<CacheStatistics, long> Number)> parts,
        Predicate<IMeasuredCache>? isWanted = null)
        => Measure(Caches.SumByName(isWanted ?? (static _ => true)), tag, parts);

    private static List<Measurement<long>> Measure<T>(Dictionary<string, T> sums, Func<T, long> number)
    {
        List<Measurement<long>> measurements = [];
        foreach ((string name, T sum) in sums)
        {
            measurements.Add(name.Length == 0 ? new(number(sum)) : new(number(sum), NameTag(name)));
        }

        return measurements;
    }

    private static List<Measurement<long>> Measure<T>(
        Dictionary<string, T> sums, string tag, ReadOnlySpan<(string Value, Func<T, long> Number)> parts)
    {
        List<Measurement<long>> measurements = [];
        foreach ((string name, T sum) in sums)
        {
            foreach ((string value, Func<T, long> number) in parts)
            {
                KeyValuePair<string, object?> part = new(tag, value);
                measurements.Add(name.Length == 0 ? new(number(sum), part) : new(number(sum), NameTag(name), part));
            }
        }

        return measurements;
    }

    private static KeyValuePair<string, object?> NameTag(string name) => new(TelemetryTags.CacheName, name);
}
