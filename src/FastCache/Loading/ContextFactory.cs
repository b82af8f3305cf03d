namespace FastCache.Loading;

/// <summary>A delegate that takes the load's context and a state and returns a promise of the value.</summary>
internal readonly struct ContextFactory<TKey, TState, TValue>(
    Func<LoadContext<TKey, TValue>, TState, ValueTask<TValue>> make, TState state, ILoadAgain<TKey, TValue> cache)
    : ILoadFactory<TKey, TValue>
    where TKey : notnull
{
    public ValueTask<TValue> Make(Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken)
    {
        flight.Context = new LoadContext<TKey, TValue>(flight, cache, options, cancellationToken);
        return make(flight.Context, state);
    }
}
