namespace FastCache.Persistence;

/// <summary>Opens caches that survive a restart.</summary>
public static partial class CacheLog
{
    /// <summary>Opens a log, made if there is none, and a cache that is written to it and restored from it.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="cacheOptions">What the cache is to be like.</param>
    /// <param name="logOptions">What the log is to be like; a directory at least.</param>
    /// <param name="cancellationToken">Ends the opening, not the restoring.</param>
    /// <returns>
    /// The log, whose <see cref="CacheLog{TKey, TValue}.Cache"/> serves at once. What was in it before comes back in the background, the
    /// newest first; await <see cref="CacheLog{TKey, TValue}.Restored"/> to have it all. Until then a key that has not come back is absent,
    /// and whatever is written meanwhile counts.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="CacheOptionsException">Something is wrong with the options; every fault is named.</exception>
    /// <exception cref="CacheLogException">The directory cannot be used, or somebody else has it.</exception>
    /// <exception cref="CacheLogCorruptException">The log is damaged, and the options ask for <see cref="LogRecovery.Strict"/>.</exception>
    /// <remarks>Reads 64 bytes for each block of the log, some ten thousand times less than all of it.</remarks>
    public static async ValueTask<CacheLog<TKey, TValue>> OpenAsync<TKey, TValue>(
        CacheOptions<TKey, TValue> cacheOptions,
        CacheLogOptions<TKey, TValue> logOptions,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(cacheOptions);
        ArgumentNullException.ThrowIfNull(logOptions);
        CacheLogOptionsValidator.Validate(cacheOptions, logOptions);
        return logOptions.CreateDriver is null
            ? await Task.Run(() => CacheLog<TKey, TValue>.Open(cacheOptions, logOptions), cancellationToken).ConfigureAwait(false)
            : CacheLog<TKey, TValue>.Open(cacheOptions, logOptions);
    }
}
