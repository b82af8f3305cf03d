using System.Diagnostics.CodeAnalysis;
using FastCache.Diagnostics;
using FastCache.Threading;

namespace FastCache.Loading;

internal sealed partial class Loader<TKey, TValue>
{
    /// <summary>
    /// Does what is left to do after a hit: starts a load in the background if the value is to be replaced, unless one is under way or there
    /// are too many.
    /// </summary>
    private void FollowHit<TTarget, TFactory>(LoadStart start, TTarget target, TKey key, TFactory factory, LoadOptions options)
        where TTarget : struct, ILoadTarget<TKey, TValue>
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        if (start is LoadStart.StaleHit or LoadStart.StaleHitToRefresh)
        {
            _telemetry.RecordStaleServed();
        }

        if (start is not (LoadStart.HitToRefresh or LoadStart.StaleHitToRefresh))
        {
            return;
        }

        if (!TryBeginRefresh(target, key, options, out Flight<TKey, TValue>? flight))
        {
            // The next hit asks again.
            return;
        }

        // On nobody's behalf: neither the thread nor the context nor the token of the caller that happens to come first.
        UnflowedContext.Call(
            static self =>
            {
                _ = self.Loader.RefreshAsync(self.target, self.flight, self.factory, self.options);
                return true;
            },
            (Loader: this, target, flight, factory, options));
    }

    private bool TryBeginRefresh<TTarget>(
        TTarget target, TKey key, LoadOptions options, [NotNullWhen(true)] out Flight<TKey, TValue>? flight)
        where TTarget : struct, ILoadTarget<TKey, TValue>
    {
        flight = null;
        try
        {
            if (SharedMemory.Increment(ref _backgroundLoads) <= _maxBackgroundLoads)
            {
                target.Begin(key, options, LoadKind.Refresh, hasMissed: false, out _, out flight);
            }
        }
        catch (Exception)
        {
            // The comparer. The caller has a hit all the same, and the next one tries again.
            flight = null;
        }
        finally
        {
            if (flight is null)
            {
                SharedMemory.Decrement(ref _backgroundLoads);
            }
        }

        return flight is not null;
    }

    private async Task RefreshAsync<TTarget, TFactory>(
        TTarget target, Flight<TKey, TValue> flight, TFactory factory, LoadOptions options)
        where TTarget : struct, ILoadTarget<TKey, TValue>
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        var cancellation = new LoadCancellation(loads: 1);
        cancellation.Follow(_whenStopping);
        RunElsewhere(target, flight, factory, options, cancellation, CancellationToken.None);
        LoadOutcome<TValue> outcome
            = await flight.WaitAsync(Timeout.InfiniteTimeSpan, _timeProvider, CancellationToken.None).ConfigureAwait(false);
        flight.Release();
        if (outcome is { HasValue: true, IsStandIn: false })
        {
            _telemetry.RecordRefresh();
        }

        SharedMemory.Decrement(ref _backgroundLoads);
    }
}
