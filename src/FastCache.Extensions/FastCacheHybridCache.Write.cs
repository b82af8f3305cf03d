using System.Runtime.ExceptionServices;
using FastCache.Extensions.Hybrid;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions;

public sealed partial class FastCacheHybridCache
{
    /// <inheritdoc/>
    /// <remarks>
    /// What is loaded for the key meanwhile is not kept. A value that is not kept in the process, because of its flags, its size or an expiration
    /// that is not positive, takes away the one that is there. If the second level cannot be written, that is logged, and it may go on serving
    /// an older value.
    /// </remarks>
    /// <exception cref="ArgumentException">A tag is empty, or stands for everything.</exception>
    /// <exception cref="InvalidOperationException">There is no serializer for the type.</exception>
    public override ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (!_keepsEntries || !IsUsable(key))
        {
            return default;
        }

        EntryRequest request = RequestOf(key, options, tags);
        MadeItem made = Encode(value, request, _clock.NextWrite());
        WriteTurn? turn = null;
        try
        {
            turn = Change(
                key,
                state =>
                {
                    Keep(key, made);
                    return _second is not null && request.WritesSecond ? state.Queue(_order) : null;
                });
        }
        finally
        {
            if (turn is null)
            {
                made.Payload?.Dispose();
            }
        }

        return turn is null ? default : new ValueTask(WriteSecondAsync(key, turn, made.Payload, made.Life, cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// What is loaded for the key meanwhile is not kept. If the key cannot be removed from the second level, the call fails with what that has
    /// thrown; it is removed from the process in any case.
    /// </remarks>
    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (!_keepsEntries || !IsUsable(key))
        {
            return default;
        }

        WriteTurn? turn = Change(
            key,
            state =>
            {
                _local.TryRemove(key);
                return _second is not null && TextRules.IsWellFormed(key) ? state.Queue(_order) : null;
            });
        return turn is null ? default
            : new ValueTask(ThrowAsync(WriteSecondAsync(key, turn, payload: null, life: default, cancellationToken)));
    }

    /// <inheritdoc/>
    /// <remarks>As if each key were removed by a call of its own; all are, also if one fails.</remarks>
    public override ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
        => ForEach(keys, static (cache, key, token) => cache.RemoveAsync(key, token), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// When the call returns, nothing is served in this process that was made with the tag before, or is being made. Other processes know it
    /// from the second level, after <see cref="FastCacheHybridOptions.TagRefreshInterval"/> at the latest; if it cannot be written there, the
    /// call fails with what that has thrown. The tag <c>*</c> stands for everything. One that no entry can have does nothing.
    /// </remarks>
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (!_keepsEntries || string.IsNullOrWhiteSpace(tag))
        {
            return default;
        }

        // First what others are to know: a payload that is read from here on is compared with it.
        TagMoment? moment = _moments is not null && TextRules.IsWellFormed(tag) ? _moments.Invalidate(tag) : null;
        bool isEverything = tag == TextRules.Everything;
        foreach (KeyState key in _order.All())
        {
            lock (key.Gate)
            {
                key.Outdate(isEverything ? null : tag, _outdate);
            }
        }

        if (isEverything)
        {
            _local.Clear();
        }
        else
        {
            _local.RemoveByTag(tag);
        }

        return moment is null ? default : new ValueTask(ThrowAsync(_moments!.TellAsync(moment, cancellationToken)));
    }

    /// <inheritdoc/>
    /// <remarks>As if each tag were removed by a call of its own; all are, also if one fails.</remarks>
    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
        => ForEach(tags, static (cache, tag, token) => cache.RemoveByTagAsync(tag, token), cancellationToken);

    private static async Task ThrowAsync(Task<Exception?> writing)
    {
        if (await writing.ConfigureAwait(false) is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private void Keep(string key, in MadeItem made)
    {
        if (made.Entry is { } entry)
        {
            _local.Set(key, made.Item, entry);
        }
        else
        {
            _local.TryRemove(key);
        }
    }

    // The local cache knows of plain loads itself.
    private void Outdate(RunningLoad load)
    {
        if (load.Flight is { } flight)
        {
            _flights.TryRemove(flight);
        }
    }

    /// <summary>Changes what the process has under a key. What is loaded for it now is older.</summary>
    private WriteTurn? Change(string key, Func<KeyState, WriteTurn?> change)
    {
        KeyState state = _order.Enter(key);
        try
        {
            lock (state.Gate)
            {
                state.Outdate(tag: null, _outdate);
                return change(state);
            }
        }
        finally
        {
            _order.Leave(state);
        }
    }

    private ValueTask ForEach(
        IEnumerable<string>? texts, Func<FastCacheHybridCache, string, CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        List<Task>? calls = null;
        foreach (string text in texts ?? [])
        {
            ValueTask one = call(this, text, cancellationToken);
            if (!one.IsCompletedSuccessfully)
            {
                (calls ??= []).Add(one.AsTask());
            }
        }

        return calls is null ? default : new ValueTask(Task.WhenAll(calls));
    }
}
