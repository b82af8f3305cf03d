using System.Diagnostics;
using FastCache.Threading;

namespace FastCache.Diagnostics;

/// <summary>Counts a cache's loads, measures them and shows them as spans. One per cache; thread-safe.</summary>
/// <remarks>
/// <para>Allocates nothing while nobody listens. Keys and exception messages, which may contain keys, appear nowhere.</para>
/// <para>Start and end ask the time provider and call listeners, so they are for outside any turn.</para>
/// </remarks>
internal sealed class LoadTelemetry
{
    private const string SpanName = "FastCache load";
    private static readonly ActivitySource Source = new(CacheMeter.Name, CacheMeter.Version);

    private readonly CacheMeter _meter;
    private readonly string? _cacheName;
    private readonly TimeProvider _time;
    private readonly bool _measuresLoads;
    private long _successes;
    private long _failures;
    private long _cancellations;
    private long _totalTicks;
    private long _refreshes;
    private long _staleServed;

    /// <param name="meter">What durations are recorded with.</param>
    /// <param name="cacheName">What spans and durations are marked with; null: not at all.</param>
    /// <param name="time">How long loads take.</param>
    /// <param name="measuresLoads">Whether the time that loads take is summed up.</param>
    public LoadTelemetry(CacheMeter meter, string? cacheName, TimeProvider time, bool measuresLoads)
    {
        _measuresLoads = measuresLoads;
        _meter = meter;
        _cacheName = cacheName;
        _time = time;
    }

    /// <summary>What has been counted so far; the rest is zero.</summary>
    public CacheStatistics Statistics
    {
        get
        {
            long failures = SharedMemory.ReadAcquire(ref _failures);
            long cancellations = SharedMemory.ReadAcquire(ref _cancellations);
            return new CacheStatistics
            {
                Loads = SharedMemory.ReadAcquire(ref _successes) + failures + cancellations,
                LoadFailures = failures,
                LoadCancellations = cancellations,
                TotalLoadTime = TimeSpan.FromTicks(SharedMemory.ReadAcquire(ref _totalTicks)),
                Refreshes = SharedMemory.ReadAcquire(ref _refreshes),
                StaleServed = SharedMemory.ReadAcquire(ref _staleServed),
            };
        }
    }

    /// <summary>Starts a load, to be called right before the factory.</summary>
    /// <remarks>The load's span is then the thread's current one, so that the factory's own spans belong to it. See <see cref="Leave"/>.</remarks>
    public LoadScope Start(LoadKind kind) => IsWatched ? StartWatched(kind) : default;

    // Asking for the time twice takes longer than many a load.
    private bool IsWatched => _measuresLoads || _meter.MeasuresLoads || Source.HasListeners();

    private LoadScope StartWatched(LoadKind kind)
    {
        Activity? activity = null;
        if (Source.HasListeners())
        {
            activity = Source.StartActivity(SpanName, ActivityKind.Internal);
            if (_cacheName is not null)
            {
                activity?.SetTag(TelemetryTags.CacheName, _cacheName);
            }

            activity?.SetTag(TelemetryTags.LoadKind, NameOf(kind));
        }

        bool isMeasured = _measuresLoads || _meter.MeasuresLoads;
        return new LoadScope(kind, isMeasured ? _time.GetTimestamp() : null, activity);
    }

    /// <summary>
    /// Gives the thread its own span back, for a load that goes on when the factory has returned its task. Not needed where an
    /// async method calls the factory: the runtime does the same then.
    /// </summary>
    public static void Leave(in LoadScope scope)
    {
        if (scope.Activity is { } activity && Activity.Current == activity)
        {
            Activity.Current = activity.Parent;
        }
    }

    /// <summary>Ends a load that has a value, whether or not the cache keeps it.</summary>
    public void Succeed(in LoadScope scope)
    {
        SharedMemory.Increment(ref _successes);
        End(scope, TelemetryTags.Success);
    }

    /// <summary>Ends a load that has failed.</summary>
    public void Fail(in LoadScope scope, Exception exception)
    {
        SharedMemory.Increment(ref _failures);
        if (scope.Activity is { } activity)
        {
            activity.SetStatus(ActivityStatusCode.Error);
            activity.SetTag(TelemetryTags.ErrorType, exception.GetType().FullName);
        }

        End(scope, TelemetryTags.Failure);
    }

    /// <summary>Ends a load that was cancelled.</summary>
    public void Cancel(in LoadScope scope)
    {
        SharedMemory.Increment(ref _cancellations);
        End(scope, TelemetryTags.Cancelled);
    }

    /// <summary>Counts a value that a load in the background has renewed.</summary>
    public void RecordRefresh() => SharedMemory.Increment(ref _refreshes);

    /// <summary>Counts a request that was answered with a value past its time.</summary>
    public void RecordStaleServed() => SharedMemory.Increment(ref _staleServed);

    private static string NameOf(LoadKind kind) => kind switch
    {
        LoadKind.Foreground => "foreground",
        LoadKind.Refresh => "refresh",
        _ => "bulk",
    };

    private void End(in LoadScope scope, string result)
    {
        if (scope.StartedAt is { } startedAt)
        {
            TimeSpan duration = _time.GetElapsedTime(startedAt);
            SharedMemory.Add(ref _totalTicks, duration.Ticks);
            Record(scope.Kind, duration, result);
        }

        if (scope.Activity is { } activity)
        {
            activity.SetTag(TelemetryTags.LoadResult, result);
            Stop(activity);
        }
    }

    private void Record(LoadKind kind, TimeSpan duration, string result)
    {
        if (_meter.MeasuresLoads)
        {
            var tags = new TagList
            {
                { TelemetryTags.LoadKind, NameOf(kind) },
                { TelemetryTags.LoadResult, result },
            };
            if (_cacheName is not null)
            {
                tags.Add(TelemetryTags.CacheName, _cacheName);
            }

            _meter.RecordLoad(duration, tags);
        }
    }

    /// <summary>Stopping makes the span's predecessor current; on a thread where another one is, it has to stay that.</summary>
    private static void Stop(Activity activity)
    {
        Activity? current = Activity.Current;
        activity.Stop();
        if (current != activity)
        {
            Activity.Current = current;
        }
    }
}
