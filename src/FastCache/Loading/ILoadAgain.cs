namespace FastCache.Loading;

/// <summary>Loads a key on behalf of another load.</summary>
internal interface ILoadAgain<TKey, TValue>
    where TKey : notnull
{
    ValueTask<TValue> GetOrAddAsync(
        TKey key,
        Func<LoadContext<TKey, TValue>, ValueTask<TValue>> factory,
        LoadNode? waiting,
        CancellationToken cancellationToken);
}
