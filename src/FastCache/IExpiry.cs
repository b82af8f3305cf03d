namespace FastCache;

/// <summary>Computes how long entries live, from their keys and values.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <para>Called on the thread of the write, outside any lock; it may block, call back into the cache, or throw, which fails the
/// write and leaves everything as it was. It may be called again for one write if the entry changes meanwhile.</para>
/// <para>A duration of zero or less means that the entry expires at once; <see cref="Timeout.InfiniteTimeSpan"/> means
/// that it does not expire.</para>
/// </remarks>
public interface IExpiry<TKey, TValue>
    where TKey : notnull
{
    /// <summary>How long a new entry lives.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The duration from now on.</returns>
    TimeSpan ExpireAfterCreate(TKey key, TValue value);

    /// <summary>How long an entry lives whose value is replaced. Unless overridden, as long as a new one.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="timeToLive">
    /// How long it would have lived on; returned as it is, it changes nothing. <see cref="Timeout.InfiniteTimeSpan"/> if it would
    /// not have expired.
    /// </param>
    /// <returns>The duration from now on.</returns>
    TimeSpan ExpireAfterUpdate(TKey key, TValue value, TimeSpan timeToLive) => ExpireAfterCreate(key, value);
}
