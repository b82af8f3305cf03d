namespace FastCache.Loading;

/// <summary>A delegate that takes a state and returns a promise of the value.</summary>
internal readonly struct AsyncStateFactory<TKey, TState, TValue>(
    Func<TKey, TState, CancellationToken, ValueTask<TValue>> make, TState state)
    : ILoadFactory<TKey, TValue>
    where TKey : notnull
{
    public ValueTask<TValue> Make(Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken)
        => make(flight.Key, state, cancellationToken);
}
