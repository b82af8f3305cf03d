using FastCache.Diagnostics;
using FastCache.Timing;

namespace FastCache.Loading;

internal sealed partial class Loader<TKey, TValue>
{
    /// <summary>Whether the factory has to run on a thread of its own, so that its caller is free when the time is over.</summary>
    private static bool HasTimeLimit(LoadOptions options, Flight<TKey, TValue> flight)
        => options.HardTimeout is not null || (options.SoftTimeout is not null && flight.MayServePrevious);

    /// <summary>
    /// Runs the factory of a load that the caller leads; false if it has not ended when it returns, and the load ends by itself later.
    /// </summary>
    private bool TryRun<TTarget, TFactory>(
        TTarget target,
        Flight<TKey, TValue> flight,
        TFactory factory,
        LoadOptions options,
        CancellationToken caller,
        out LoadOutcome<TValue> outcome)
        where TTarget : struct, ILoadTarget<TKey, TValue>
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        LoadCancellation? cancellation = null;
        if (caller.CanBeCanceled)
        {
            flight.CancelThrough(cancellation = new LoadCancellation(loads: 1));
        }

        ValueTask<TValue> running = Start(flight, factory, options, cancellation?.Token ?? CancellationToken.None);
        if (!running.IsCompleted)
        {
            LoadTelemetry.Leave(flight.Scope);
            flight.WaitAsLeader();
            _ = FinishAsync(target, flight, running, options, cancellation, caller);
            outcome = default;
            return false;
        }

        outcome = End(target, flight, options, ResultOf(running, caller));
        return true;
    }

    /// <summary>The same with the factory on another thread, and with the time that it may take.</summary>
    private void RunElsewhere<TTarget, TFactory>(
        TTarget target,
        Flight<TKey, TValue> flight,
        TFactory factory,
        LoadOptions options,
        LoadCancellation cancellation,
        CancellationToken caller)
        where TTarget : struct, ILoadTarget<TKey, TValue>
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        flight.WaitAsLeader();
        flight.CancelThrough(cancellation);

        // The thread may come late, when the time is over and the load has ended: it has a share in the flight, too.
        flight.Hold();
        Task<TValue> running = Task.Run(
            () =>
            {
                try
                {
                    cancellation.Token.ThrowIfCancellationRequested();
                    return Start(flight, factory, options, cancellation.Token).AsTask();
                }
                finally
                {
                    flight.Release();
                }
            },
            CancellationToken.None);
        _ = FinishAsync(target, flight, new ValueTask<TValue>(running), options, cancellation, caller);
    }

    /// <summary>Calls the factory. What it throws before it returns is as good as what it throws later.</summary>
    private ValueTask<TValue> Start<TFactory>(
        Flight<TKey, TValue> flight, TFactory factory, LoadOptions options, CancellationToken cancellationToken)
        where TFactory : struct, ILoadFactory<TKey, TValue>
    {
        LoadNode? outer = flight.Enter();
        try
        {
            flight.Scope = _telemetry.Start(flight.IsBackground ? LoadKind.Refresh : LoadKind.Foreground);
            return factory.Make(flight, options, cancellationToken);
        }
        catch (Exception fault)
        {
            return ValueTask.FromException<TValue>(fault);
        }
        finally
        {
            flight.Exit(outer);
        }
    }

    private async Task FinishAsync<TTarget>(
        TTarget target,
        Flight<TKey, TValue> flight,
        ValueTask<TValue> running,
        LoadOptions options,
        LoadCancellation? cancellation,
        CancellationToken caller)
        where TTarget : struct, ILoadTarget<TKey, TValue>
    {
        LoadOutcome<TValue> outcome;
        try
        {
            TValue value = options.HardTimeout is { } limit && cancellation is not null
                ? await LimitAsync(running.AsTask(), limit, cancellation).ConfigureAwait(false)
                : await running.ConfigureAwait(false);
            outcome = LoadOutcome<TValue>.Of(value);
        }
        catch (Exception fault)
        {
            outcome = OutcomeOf(fault, caller);
        }

        cancellation?.End();
        End(target, flight, options, outcome);
    }

    private static LoadOutcome<TValue> ResultOf(ValueTask<TValue> completed, CancellationToken caller)
    {
        if (completed.IsCompletedSuccessfully)
        {
            return LoadOutcome<TValue>.Of(completed.Result);
        }

        try
        {
            return LoadOutcome<TValue>.Of(completed.GetAwaiter().GetResult());
        }
        catch (Exception fault)
        {
            return OutcomeOf(fault, caller);
        }
    }

    /// <summary>
    /// What an exception means. A cancellation because a caller has given up, or all of them, concerns nobody else; one because the
    /// factory ran out of time is a failure like any other.
    /// </summary>
    private static LoadOutcome<TValue> OutcomeOf(Exception fault, CancellationToken caller)
        => fault is OperationCanceledException { InnerException: not TimeoutException } cancelled
            && (cancelled.CancellationToken.IsCancellationRequested || caller.IsCancellationRequested)
            ? LoadOutcome<TValue>.GivenUp(fault)
            : LoadOutcome<TValue>.Failed(fault);

    private async ValueTask<T> LimitAsync<T>(Task<T> running, TimeSpan limit, LoadCancellation cancellation)
    {
        try
        {
            return await running.WaitAsync(WaitLimit.Of(limit), _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            // A factory that is deaf runs on; nobody looks at what becomes of it.
            cancellation.Fire();
            _ = running.ContinueWith(
                static abandoned => _ = abandoned.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw new TimeoutException($"The load took longer than its HardTimeout of {limit}.");
        }
    }

    private LoadOutcome<TValue> End<TTarget>(
        TTarget target, Flight<TKey, TValue> flight, LoadOptions options, in LoadOutcome<TValue> outcome)
        where TTarget : struct, ILoadTarget<TKey, TValue>
    {
        flight.ForgetWaits();
        Report(flight.Scope, outcome);
        return target.End(flight, options, outcome);
    }

    private void Report(in LoadScope scope, in LoadOutcome<TValue> outcome)
    {
        if (outcome.HasValue)
        {
            _telemetry.Succeed(scope);
        }
        else if (outcome.HandsOver)
        {
            _telemetry.Cancel(scope);
        }
        else
        {
            _telemetry.Fail(scope, outcome.Error!);
        }
    }
}
