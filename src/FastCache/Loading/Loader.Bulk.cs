using FastCache.Diagnostics;

namespace FastCache.Loading;

internal sealed partial class Loader<TKey, TValue>
{
    /// <summary>Loads several keys: what is absent in one call of the factory, what others load already by waiting for them.</summary>
    /// <param name="targetOf">Where the value of a key belongs.</param>
    /// <param name="keys">The keys, each once.</param>
    /// <param name="values">Receives the values; compares keys as the cache does.</param>
    /// <param name="factory">Makes values of absent keys, of as many of them as it can.</param>
    /// <param name="options">How they are loaded. Time limits apply to the call of the factory.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public async ValueTask LoadManyAsync<TTarget>(
        Func<TKey, TTarget> targetOf,
        List<TKey> keys,
        Dictionary<TKey, TValue> values,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IEnumerable<KeyValuePair<TKey, TValue>>>> factory,
        LoadOptions options,
        CancellationToken cancellationToken)
        where TTarget : struct, ILoadTarget<TKey, TValue>
    {
        Exception? failure = null;
        bool isFirst = true;
        while (keys.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var load = new BulkLoad<TKey, TValue, TTarget>();
            BeginMany(load, targetOf, keys, values, options, isFirst);
            isFirst = false;
            if (load.Keys.Count > 0)
            {
                _ = RunManyAsync(load, values.Comparer, factory, options, cancellationToken);
            }

            keys = [];
            failure = await CollectAsync(load, keys, values, cancellationToken).ConfigureAwait(false) ?? failure;
        }

        if (failure is not null)
        {
            LoadOutcome<TValue>.Failed(failure).GetValue();
        }
    }

    private void BeginMany<TTarget>(
        BulkLoad<TKey, TValue, TTarget> load,
        Func<TKey, TTarget> targetOf,
        List<TKey> keys,
        Dictionary<TKey, TValue> values,
        LoadOptions options,
        bool isFirst)
        where TTarget : struct, ILoadTarget<TKey, TValue>
    {
        try
        {
            foreach (TKey key in keys)
            {
                TTarget target = targetOf(key);
                LoadStart start = target.Begin(key, options, LoadKind.Foreground, hasMissed: false, out TValue? value, out Flight<TKey, TValue>? flight);
                if (isFirst)
                {
                    Count(isHit: flight is null);
                }

                if (flight is null)
                {
                    if (start is LoadStart.StaleHit or LoadStart.StaleHitToRefresh)
                    {
                        _telemetry.RecordStaleServed();
                    }

                    // A refresh in the background needs a factory for one key; single loads see to it.
                    values[key] = value!;
                }
                else if (start == LoadStart.Lead)
                {
                    load.Lead(flight, target, key);
                }
                else
                {
                    CheckThread(flight);
                    load.Join(flight, start, key);
                }
            }
        }
        catch (Exception fault)
        {
            // Of those who have joined meanwhile none is to blame: they load anew.
            load.LeaveFrom(0);
            load.End(options, LoadOutcome<TValue>.GivenUp(fault));
            throw;
        }
    }

    private async Task RunManyAsync<TTarget>(
        BulkLoad<TKey, TValue, TTarget> load,
        IEqualityComparer<TKey> comparer,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IEnumerable<KeyValuePair<TKey, TValue>>>> factory,
        LoadOptions options,
        CancellationToken caller)
        where TTarget : struct, ILoadTarget<TKey, TValue>
    {
        var cancellation = new LoadCancellation(load.Keys.Count);
        load.CancelThrough(cancellation);
        var values = new Dictionary<TKey, TValue>(comparer);
        LoadScope scope = _telemetry.Start(LoadKind.Bulk);
        try
        {
            ValueTask<IEnumerable<KeyValuePair<TKey, TValue>>> running = load.Start(factory, cancellation.Token);
            IEnumerable<KeyValuePair<TKey, TValue>> made = options.HardTimeout is { } limit
                ? await LimitAsync(running.AsTask(), limit, cancellation).ConfigureAwait(false)
                : await running.ConfigureAwait(false);
            foreach ((TKey key, TValue value) in made ?? throw new InvalidOperationException("The factory returned null in place of values."))
            {
                values[key] = value;
            }
        }
        catch (Exception fault)
        {
            LoadOutcome<TValue> outcome = OutcomeOf(fault, caller);
            Report(scope, outcome);
            load.End(options, outcome);
            return;
        }

        _telemetry.Succeed(scope);
        load.End(options, values);
    }

    /// <summary>Takes what the loads bring; what has to be asked for again is added to a list. Why one has failed, if one has.</summary>
    private async ValueTask<Exception?> CollectAsync<TTarget>(
        BulkLoad<TKey, TValue, TTarget> load,
        List<TKey> again,
        Dictionary<TKey, TValue> values,
        CancellationToken cancellationToken)
        where TTarget : struct, ILoadTarget<TKey, TValue>
    {
        Exception? failure = null;
        for (int index = 0; index < load.Waited.Count; index++)
        {
            (Flight<TKey, TValue> flight, LoadStart start, TKey key) = load.Waited[index];
            LoadOutcome<TValue> outcome;
            try
            {
                outcome = await flight.WaitAsync(Timeout.InfiniteTimeSpan, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                load.LeaveFrom(index);
                throw;
            }

            flight.Release();
            if (!outcome.IsFor(start))
            {
                again.Add(key);
            }
            else if (outcome.HasValue)
            {
                values[key] = ValueOf(outcome);
            }
            else if (!outcome.IsMissing)
            {
                failure ??= outcome.Error;
            }
        }

        return failure;
    }
}
