namespace FastCache.Loading;

/// <summary>Where the value of one key belongs.</summary>
internal interface ILoadTarget<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Looks for a value, and if it is to be loaded, for the load: an existing one, or a new one, which is registered.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What values are good enough.</param>
    /// <param name="kind">In the background: only a present value is loaded, and nobody is joined.</param>
    /// <param name="value">The value of a hit.</param>
    /// <param name="flight">The load to lead, to join or to wait for.</param>
    LoadStart Begin(TKey key, LoadOptions options, LoadKind kind, out TValue? value, out Flight<TKey, TValue>? flight);

    /// <summary>
    /// Ends a load that the caller leads: keeps its value, unless the key was written or removed since it began. What its callers get.
    /// </summary>
    LoadOutcome<TValue> End(Flight<TKey, TValue> flight, LoadOptions options, LoadOutcome<TValue> outcome);
}
