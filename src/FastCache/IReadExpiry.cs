namespace FastCache;

/// <summary>Computes how long entries live, at every read too.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Every hit then asks the clock and calls this, so it costs several times as much as one of a cache whose entries expire after
/// a fixed time. Of several reads of one entry at the same time, one decides.
/// </remarks>
public interface IReadExpiry<TKey, TValue> : IExpiry<TKey, TValue>
    where TKey : notnull
{
    /// <summary>How long an entry lives on that has just been read.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="timeToLive">
    /// How long it would live on; returned as it is, it changes nothing. <see cref="Timeout.InfiniteTimeSpan"/> if it would not
    /// expire.
    /// </param>
    /// <returns>The duration from now on.</returns>
    TimeSpan ExpireAfterRead(TKey key, TValue value, TimeSpan timeToLive);
}
