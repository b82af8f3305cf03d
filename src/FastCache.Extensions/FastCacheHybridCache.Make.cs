using FastCache.Extensions.Hybrid;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions;

public sealed partial class FastCacheHybridCache
{
    /// <summary>Gets a value from where it can be had, and keeps it where it belongs.</summary>
    /// <remarks>What a plain load brings the local cache keeps itself.</remarks>
    private async ValueTask<MadeItem> MakeAsync<TState, T>(HybridCall<TState, T> call, CancellationToken token)
    {
        EntryRequest request = call.Request;
        if (_second is null && request.IsPlain && call.Flight is null)
        {
            // Nobody but the local cache has to know.
            return Encode(await call.Factory(call.State, token).ConfigureAwait(false), request, stamp: 0);
        }

        KeyState key = _order.Enter(request.Key);
        RunningLoad load = key.Begin(call.Flight, request.Tags);
        try
        {
            if (call.Flight is { IsReload: true } && _local.TryPeek(request.Key, out LocalItem? newer)
                && newer is LocalItem<T> && StateOf(newer, request.Flags) == LocalState.Current)
            {
                return new MadeItem(newer, Entry: null);
            }

            Task confirming = _second is null || !request.ReadsSecond ? Task.CompletedTask
                : _moments!.ConfirmAsync(_moments.Of(request.Tags), token);
            if (await TryReadSecondAsync<T>(request, load, token).ConfigureAwait(false) is not { } made)
            {
                if (!request.Loads)
                {
                    return new MadeItem(AbsentItem.Instance, Entry: null);
                }

                // After what is known of the tags, and so later than that; before the factory, and so not later than what that sees.
                await confirming.ConfigureAwait(false);
                long stamp = _clock.NextWrite();
                made = Encode(await call.Factory(call.State, token).ConfigureAwait(false), request, stamp);
            }

            Commit(key, load, made);
            return made;
        }
        finally
        {
            key.End(load);
            _order.Leave(key);
        }
    }

    private async ValueTask<MadeItem?> TryReadSecondAsync<T>(EntryRequest request, RunningLoad load, CancellationToken token)
    {
        if (_second is null || !request.ReadsSecond)
        {
            return null;
        }

        string secondKey = SecondKeyOf(request.Key);
        (_, PooledBytes? bytes) = await _second.TryReadAsync(secondKey, load.Before, token).ConfigureAwait(false);
        using (bytes)
        {
            MadeItem? made = bytes is null ? null : await TryDecodeAsync<T>(bytes, secondKey, request, token).ConfigureAwait(false);
            if (made is null)
            {
                _second.Counters.CountMiss();
            }
            else
            {
                _second.Counters.CountHit();
            }

            return made;
        }
    }

    /// <summary>Keeps what was loaded, unless something newer has come; and what the second level is to get, it gets in its turn.</summary>
    private void Commit(KeyState key, RunningLoad load, in MadeItem made)
    {
        WriteTurn? turn = null;
        try
        {
            lock (key.Gate)
            {
                if (!load.IsOutdated)
                {
                    if (load.Flight is not null && made.Entry is { } entry && !TagMoments.IsOutdated(made.Item.Stamp, made.Item.Moments))
                    {
                        _local.Set(key.Key, made.Item, entry);
                    }

                    turn = made.Payload is null ? null : key.Queue(_order);
                }
            }
        }
        finally
        {
            if (turn is null)
            {
                made.Payload?.Dispose();
            }
        }

        if (turn is not null)
        {
            // Nobody waits for it.
            _ = WriteSecondAsync(key.Key, turn, made.Payload, made.Life, CancellationToken.None);
        }
    }

    /// <summary>Brings a payload to the second level in its turn, or removes the key if there is none.</summary>
    /// <returns>What went wrong, if anything did.</returns>
    private Task<Exception?> WriteSecondAsync(string key, WriteTurn turn, PooledBytes? payload, TimeSpan life, CancellationToken token)
    {
        string secondKey = SecondKeyOf(key);
        return _second!.RunAsync(
            turn,
            () => payload is null ? _second.RemoveAsync(secondKey, token) : _second.WriteAsync(secondKey, payload, life, token),
            payload,
            token);
    }

    private string SecondKeyOf(string key) => _keyPrefix.Length == 0 ? key : _keyPrefix + key;
}
