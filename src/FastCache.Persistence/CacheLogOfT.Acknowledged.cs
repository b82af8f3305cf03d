using FastCache.Persistence.Writing;

namespace FastCache.Persistence;

public sealed partial class CacheLog<TKey, TValue>
{
    /// <summary>As <see cref="Cache{TKey, TValue}.Set(TKey, TValue)"/>, and waits until it is durable.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the waiting, not the write.</param>
    /// <returns>Whether the value was kept.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="CacheLogException">The log has failed. The value is in the cache all the same.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Callers at the same time share a sync.</remarks>
    public ValueTask<bool> SetAsync(TKey key, TValue value, CancellationToken cancellationToken = default)
        => SetAsync(key, value, default, cancellationToken);

    /// <summary>As <see cref="Cache{TKey, TValue}.Set(TKey, TValue, in EntryOptions)"/>, and waits until it is durable.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">How it is to be kept.</param>
    /// <param name="cancellationToken">Ends the waiting, not the write.</param>
    /// <inheritdoc cref="SetAsync(TKey, TValue, CancellationToken)" path="/*[self::returns or self::exception or self::remarks]"/>
    public ValueTask<bool> SetAsync(TKey key, TValue value, EntryOptions options, CancellationToken cancellationToken = default)
    {
        bool isKept;
        ulong sequence;
        using (DeferredAcknowledgement deferred = DeferredAcknowledgement.Begin(_journal))
        {
            isKept = Cache.Set(key, value, options);
            sequence = deferred.Sequence;
        }

        return AwaitAsync(isKept, sequence, cancellationToken);
    }

    /// <summary>As <see cref="Cache{TKey, TValue}.TryRemove(TKey)"/>, and waits until it is durable.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the waiting, not the removal.</param>
    /// <returns>Whether the key was present. If not, it is durable all the same that it is absent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="CacheLogException">The log has failed. The key is not in the cache all the same.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<bool> TryRemoveAsync(TKey key, CancellationToken cancellationToken = default)
    {
        bool wasPresent;
        ulong sequence;
        using (DeferredAcknowledgement deferred = DeferredAcknowledgement.Begin(_journal))
        {
            wasPresent = Cache.TryRemove(key);
            sequence = deferred.Sequence;
        }

        return AwaitAsync(wasPresent, sequence, cancellationToken);
    }

    /// <summary>As <see cref="Cache{TKey, TValue}.RemoveByTag"/>, and waits until it is durable.</summary>
    /// <param name="tag">The tag. Tags are compared ordinally.</param>
    /// <param name="cancellationToken">Ends the waiting, not the removal.</param>
    /// <returns>A task that completes when nothing that had the tag before can come back.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tag"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="tag"/> is empty.</exception>
    /// <exception cref="CacheLogException">The log has failed. The values are not in the cache all the same.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        ulong sequence;
        using (DeferredAcknowledgement deferred = DeferredAcknowledgement.Begin(_journal))
        {
            Cache.RemoveByTag(tag);
            sequence = deferred.Sequence;
        }

        await AwaitAsync(result: true, sequence, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="Cache{TKey, TValue}.Clear"/>, and waits until it is durable.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the clearing.</param>
    /// <returns>A task that completes when nothing that was there before can come back.</returns>
    /// <exception cref="CacheLogException">The log has failed. The cache is clear all the same.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        ulong sequence;
        using (DeferredAcknowledgement deferred = DeferredAcknowledgement.Begin(_journal))
        {
            Cache.Clear();
            sequence = deferred.Sequence;
        }

        await AwaitAsync(result: true, sequence, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until everything that was written to the cache before this call is durable.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that completes then.</returns>
    /// <exception cref="CacheLogException">The log has failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken = default)
        => await AwaitAsync(result: true, _journal.Staging.Seal(), cancellationToken).ConfigureAwait(false);

    private async ValueTask<bool> AwaitAsync(bool result, ulong sequence, CancellationToken cancellationToken)
    {
        await _journal.WaitDurableAsync(sequence).WaitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }
}
