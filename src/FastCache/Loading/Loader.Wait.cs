using FastCache.Diagnostics;

namespace FastCache.Loading;

internal sealed partial class Loader<TKey, TValue>
{
    /// <summary>Says that a load waits for another one; who would wait for itself lets go of it and throws.</summary>
    private static void Link(LoadNode waiting, LoadStart start, Flight<TKey, TValue> flight)
    {
        try
        {
            LoadNode.BeginWait(waiting, flight);
        }
        catch (InvalidOperationException) when (start != LoadStart.Lead)
        {
            LetGo(flight);
            throw;
        }
    }

    /// <summary>Makes sure that a load does not wait for one that this thread is working for.</summary>
    private static void CheckThread(Flight<TKey, TValue> flight)
    {
        if (LoadNode.Innermost is { } waiting)
        {
            Link(waiting, LoadStart.Join, flight);
            LoadNode.EndWait(waiting, flight);
        }
    }

    private static void LetGo(Flight<TKey, TValue> flight)
    {
        flight.Leave();
        flight.Release();
    }

    private static LoadOutcome<TValue> Wait(LoadStart start, Flight<TKey, TValue> flight)
    {
        LoadNode? waiting = LoadNode.Innermost;
        if (waiting is not null)
        {
            Link(waiting, start, flight);
        }

        LoadOutcome<TValue> outcome = flight.Wait();
        if (waiting is not null)
        {
            LoadNode.EndWait(waiting, flight);
        }

        flight.Release();
        return outcome;
    }

    private async ValueTask<TValue> AwaitAsync<TTarget, TFactory>(
        LoadStart start,
        Flight<TKey, TValue> flight,
        bool isRunning,
        TTarget target,
        TKey key,
        TFactory factory,
        LoadOptions options,
        LoadNode? caller,
        CancellationToken cancellationToken)
        where TTarget : struct, ILoadTarget<TKey, TValue>
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        while (true)
        {
            if (caller is not null)
            {
                Link(caller, start, flight);
            }

            try
            {
                if (start == LoadStart.Lead && !isRunning && HasTimeLimit(options, flight))
                {
                    RunElsewhere(target, flight, factory, options, new LoadCancellation(loads: 1), cancellationToken);
                    isRunning = true;
                }

                if (start != LoadStart.Lead
                    || isRunning
                    || !TryRun(target, flight, factory, options, cancellationToken, out LoadOutcome<TValue> outcome))
                {
                    if (cancellationToken.CanBeCanceled || HasAlternative(start, flight, options))
                    {
                        outcome = await WaitAsync(start, flight, options, cancellationToken).ConfigureAwait(false);
                    }
                    else
                    {
                        // What most callers do, without a state machine of its own.
                        outcome = await flight.WaitAsync(Timeout.InfiniteTimeSpan, _timeProvider, CancellationToken.None).ConfigureAwait(false);
                        flight.Release();
                    }
                }

                if (outcome.IsFor(start))
                {
                    return ValueOf(outcome);
                }
            }
            finally
            {
                if (caller is not null)
                {
                    LoadNode.EndWait(caller, flight);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            start = target.Begin(key, options, LoadKind.Foreground, hasMissed: false, out TValue? value, out Flight<TKey, TValue>? next);
            if (next is null)
            {
                FollowHit(start, target, key, factory, options);
                return value!;
            }

            (flight, isRunning) = (next, false);
        }
    }

    /// <summary>Waits for a load, until its caller gives up or has been patient enough.</summary>
    private async ValueTask<LoadOutcome<TValue>> WaitAsync(
        LoadStart start, Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (HasAlternative(start, flight, options) && options.SoftTimeout is { } patience)
            {
                try
                {
                    return await flight.WaitAsync(patience, _timeProvider, cancellationToken).ConfigureAwait(false);
                }
                catch (TimeoutException) when (!flight.IsInvalidated && !flight.IsPreviousInvalidated)
                {
                    // The caller still counts as waiting, so that the load goes on.
                    flight.Hold();
                    _ = StayAsync(flight);
                    return LoadOutcome<TValue>.StandIn(flight.PreviousValue!);
                }
                catch (TimeoutException)
                {
                    // What there was has been written or removed meanwhile: nothing to be served.
                }
            }

            return await flight.WaitAsync(Timeout.InfiniteTimeSpan, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            flight.Leave();
            throw;
        }
        finally
        {
            flight.Release();
        }
    }

    /// <summary>Whether a caller has something else to serve after a while.</summary>
    private static bool HasAlternative(LoadStart start, Flight<TKey, TValue> flight, LoadOptions options)
        => start != LoadStart.WaitAndRetry && flight.MayServePrevious && options.SoftTimeout is not null;

    /// <summary>Waits in nobody's name, so that a load goes on, until it has ended or the cache is disposed.</summary>
    private async Task StayAsync(Flight<TKey, TValue> flight)
    {
        try
        {
            await flight.WaitAsync(Timeout.InfiniteTimeSpan, _timeProvider, _whenStopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            flight.Leave();
        }

        flight.Release();
    }
}
