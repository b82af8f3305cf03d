namespace FastCache.Loading;

/// <summary>A delegate that takes a state and returns the value.</summary>
internal readonly struct SyncStateFactory<TKey, TState, TValue>(
    Func<TKey, TState, TValue> make, TState state, EntryOptions? entry)
    : ILoadFactory<TKey, TValue>
    where TKey : notnull
{
    public ValueTask<TValue> Make(Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken)
    {
        if (entry is not null)
        {
            flight.Entry = entry;
        }

        return new ValueTask<TValue>(make(flight.Key, state));
    }
}
