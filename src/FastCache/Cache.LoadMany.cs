using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>Reads the values of several keys; loads those that are absent in one call, and adds them.</summary>
    /// <param name="keys">The keys; one that occurs twice is answered once.</param>
    /// <param name="factory">
    /// Loads the values of the keys that it gets: those that are absent and that nobody loads at this moment. It may leave out some; what it
    /// returns beside them is ignored. The rest is as for a single key.
    /// </param>
    /// <param name="options">How they are loaded; null: as <see cref="CacheOptions{TKey, TValue}.Loading"/> says.</param>
    /// <param name="cancellationToken">Ends the wait of this caller, not the loads that others wait for.</param>
    /// <returns>The keys for which there is a value, with their values.</returns>
    /// <exception cref="ArgumentNullException">An argument is null, or one of the keys is.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> has fired before all values were there.</exception>
    /// <exception cref="InvalidOperationException">The synchronous part of a factory asks for a key that it is to load.</exception>
    /// <exception cref="ObjectDisposedException">A key is absent and the cache was disposed.</exception>
    /// <remarks>
    /// O(keys) beside the factory; allocates the result. Keys that others load already are waited for. Those who ask for one of these
    /// keys meanwhile wait for this call; of one that the factory leaves out, they load it themselves. If the factory throws, nothing is
    /// added, and all who wait for it get the exception. Soft time limits and refreshes in the background are for single keys; a hard one
    /// counts from the factory's first await.
    /// </remarks>
    public async ValueTask<Dictionary<TKey, TValue>> GetOrAddManyAsync(
        IEnumerable<TKey> keys,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IEnumerable<KeyValuePair<TKey, TValue>>>> factory,
        LoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(factory);
        var values = new Dictionary<TKey, TValue>(_hasher.Comparer);
        var absent = new HashSet<TKey>(_hasher.Comparer);
        foreach (TKey key in keys)
        {
            if (ReadFresh(key, out _, out TValue? value) == ReadOutcome.Hit)
            {
                values[key] = value!;
            }
            else
            {
                absent.Add(key);
            }
        }

        await _loader
            .LoadManyAsync(TargetOf, [.. absent], values, factory, options ?? _loading, cancellationToken)
            .ConfigureAwait(false);
        return values;
    }
}
