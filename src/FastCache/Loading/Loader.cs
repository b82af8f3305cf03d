using FastCache.Diagnostics;
using FastCache.Threading;

namespace FastCache.Loading;

/// <summary>
/// The single-flight machine of a cache: one factory a key at a time, whose result all share who ask meanwhile.
/// </summary>
/// <remarks>
/// Synchronous, asynchronous and background callers take the same steps: begin (hit, lead, or wait), run, end. They differ in
/// how they wait. No user code runs inside a turn.
/// </remarks>
internal sealed partial class Loader<TKey, TValue> : IDisposable
    where TKey : notnull
{
    private readonly TimeProvider _timeProvider;
    private readonly int _maxBackgroundLoads;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _whenStopping;
    private readonly LoadTelemetry _telemetry;
    private readonly StripedCounters? _requests;
    private int _backgroundLoads;
    private int _isStopped;

    /// <param name="timeProvider">Counts time limits.</param>
    /// <param name="maxBackgroundLoads">The most loads in the background at a time.</param>
    /// <param name="telemetry">Is told of every load.</param>
    /// <param name="requests">Counts hits and misses; null: nobody does.</param>
    public Loader(TimeProvider timeProvider, int maxBackgroundLoads, LoadTelemetry telemetry, StripedCounters? requests)
    {
        _telemetry = telemetry;
        _requests = requests;
        _timeProvider = timeProvider;
        _maxBackgroundLoads = maxBackgroundLoads;
        _whenStopping = _stopping.Token;
    }

    /// <summary>Cancels what is loaded in the background.</summary>
    public void Dispose()
    {
        if (SharedMemory.Exchange(ref _isStopped, 1) == 0)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    /// <summary>Loads, and blocks the thread meanwhile. The options' time limits have no effect: the factory runs here.</summary>
    public TValue Load<TTarget, TFactory>(TTarget target, TKey key, TFactory factory, LoadOptions options, bool hasMissed)
        where TTarget : struct, ILoadTarget<TKey, TValue>
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        bool isFirst = true;
        while (true)
        {
            LoadStart start = target.Begin(key, options, LoadKind.Foreground, hasMissed, out TValue? value, out Flight<TKey, TValue>? flight);
            if (isFirst)
            {
                Count(isHit: flight is null);
                isFirst = false;
            }

            if (flight is null)
            {
                FollowHit(start, target, key, factory, options);
                return value!;
            }

            if (start == LoadStart.Lead && TryRun(target, flight, factory, options, CancellationToken.None, out LoadOutcome<TValue> outcome))
            {
                return ValueOf(outcome);
            }

            outcome = Wait(start, flight);
            if (outcome.IsFor(start))
            {
                return ValueOf(outcome);
            }

            hasMissed = false;
        }
    }

    /// <summary>Loads. Completes at once if there is a value, or the factory has one at once.</summary>
    /// <param name="target">Where the value belongs.</param>
    /// <param name="key">The key.</param>
    /// <param name="factory">Makes the value.</param>
    /// <param name="options">How it is loaded.</param>
    /// <param name="hasMissed">Whether a search has found nothing a moment ago.</param>
    /// <param name="caller">The load on whose behalf, if it says so.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public ValueTask<TValue> LoadAsync<TTarget, TFactory>(
        TTarget target,
        TKey key,
        TFactory factory,
        LoadOptions options,
        bool hasMissed,
        LoadNode? caller,
        CancellationToken cancellationToken)
        where TTarget : struct, ILoadTarget<TKey, TValue>
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        try
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return ValueTask.FromCanceled<TValue>(cancellationToken);
            }

            LoadStart start = target.Begin(key, options, LoadKind.Foreground, hasMissed, out TValue? value, out Flight<TKey, TValue>? flight);
            Count(isHit: flight is null);
            if (flight is null)
            {
                FollowHit(start, target, key, factory, options);
                return new ValueTask<TValue>(value!);
            }

            bool isRunning = false;
            if (start != LoadStart.Lead)
            {
                CheckThread(flight);
            }
            else if (HasTimeLimit(options, flight))
            {
                // The factory will run on another thread, which does not say for whom.
                caller ??= LoadNode.Innermost;
            }
            else if (caller is null)
            {
                if (TryRun(target, flight, factory, options, cancellationToken, out LoadOutcome<TValue> outcome))
                {
                    return outcome.HasValue ? new ValueTask<TValue>(ValueOf(outcome)) : ValueTask.FromException<TValue>(outcome.Error!);
                }

                isRunning = true;
            }

            return AwaitAsync(start, flight, isRunning, target, key, factory, options, caller, cancellationToken);
        }
        catch (Exception fault)
        {
            return ValueTask.FromException<TValue>(fault);
        }
    }

    /// <summary>Counts a request, by the first look that it takes.</summary>
    private void Count(bool isHit)
    {
        if (isHit)
        {
            _requests?.AddHit();
        }
        else
        {
            _requests?.AddMiss();
        }
    }

    /// <summary>What a caller gets of an outcome.</summary>
    private TValue ValueOf(in LoadOutcome<TValue> outcome)
    {
        if (outcome.IsStandIn)
        {
            _telemetry.RecordStaleServed();
        }

        return outcome.GetValue();
    }
}
