namespace FastCache.Loading;

/// <summary>A delegate that returns the value.</summary>
internal readonly struct SyncFactory<TKey, TValue>(Func<TKey, TValue> make, EntryOptions? entry) : ILoadFactory<TKey, TValue>
    where TKey : notnull
{
    public ValueTask<TValue> Make(Flight<TKey, TValue> flight, LoadOptions options, CancellationToken cancellationToken)
    {
        if (entry is not null)
        {
            flight.Entry = entry;
        }

        return new ValueTask<TValue>(make(flight.Key));
    }
}
