using FastCache.Diagnostics;

namespace FastCache.Loading;

/// <summary>Where the value of one key belongs.</summary>
internal interface ILoadTarget<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Looks for a value, and if it is to be loaded, for the load: an existing one, or a new one, which is registered.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What values are good enough.</param>
    /// <param name="kind">In the background: only a present value is loaded, and nobody is joined.</param>
    /// <param name="hasMissed">Whether a search has found nothing a moment ago, so that another one can be spared.</param>
    /// <param name="value">The value of a hit.</param>
    /// <param name="flight">The load to lead, to join or to wait for.</param>
    LoadStart Begin(
        TKey key, LoadOptions options, LoadKind kind, bool hasMissed, out TValue? value, out Flight<TKey, TValue>? flight);

    /// <summary>
    /// Ends a load that the caller leads: keeps its value, unless the key was written or removed since it began, and tells those who
    /// have joined. What its callers get. The caller does not look at the load any more.
    /// </summary>
    LoadOutcome<TValue> End(Flight<TKey, TValue> flight, LoadOptions options, LoadOutcome<TValue> outcome);
}
