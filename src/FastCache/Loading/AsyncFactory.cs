namespace FastCache.Loading;

/// <summary>A delegate that returns a promise of the value.</summary>
internal readonly struct AsyncFactory<TKey, TValue>(Func<TKey, CancellationToken, ValueTask<TValue>> make) : ILoadFactory<TKey, TValue>
    where TKey : notnull
{
    public ValueTask<TValue> Make(Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken)
        => make(flight.Key, cancellationToken);
}
