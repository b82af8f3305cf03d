using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>Adds a value or replaces the one that is there. Replacing counts as a hit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">How the entry is to be kept.</param>
    /// <inheritdoc cref="Set(TKey, TValue)" path="/*[self::returns or self::exception or self::remarks]"/>
    public bool Set(TKey key, TValue value, in EntryOptions options)
    {
        KeyHash hash = Hash(key);
        return ShardOf(hash).Set(key, hash, value, options);
    }

    /// <summary>Adds a value unless the key is present.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">How the entry is to be kept.</param>
    /// <inheritdoc cref="TryAdd(TKey, TValue)" path="/*[self::returns or self::exception or self::remarks]"/>
    public bool TryAdd(TKey key, TValue value, in EntryOptions options)
    {
        KeyHash hash = Hash(key);
        WriteOutcome outcome = ShardOf(hash).TryAdd(key, hash, value, options);
        if (outcome == WriteOutcome.Present)
        {
            _notifications?.Discard(value);
        }

        return outcome == WriteOutcome.Kept;
    }

    /// <summary>How long an entry lives on.</summary>
    /// <param name="key">The key.</param>
    /// <returns>
    /// The time until it expires, if nothing happens to it; <see cref="Timeout.InfiniteTimeSpan"/> if it does not expire; null if the
    /// key is absent.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>O(1), no allocation. Not an access.</remarks>
    public TimeSpan? TimeToLive(TKey key)
    {
        KeyHash hash = Hash(key);
        return ShardOf(hash).TimeToLive(key, hash);
    }

    /// <summary>Counts as a read without reading: an entry that expires after its last access lives on.</summary>
    /// <param name="key">The key.</param>
    /// <inheritdoc cref="ContainsKey" path="/*[self::returns or self::exception]"/>
    /// <remarks>O(1), lock-free, no allocation.</remarks>
    public bool Touch(TKey key) => TryGet(key, out _);

    /// <summary>Changes when an entry expires, as a write with the same options would, and leaves its value alone.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">
    /// How the entry is to be kept from now on; the default gives back to it what the cache's options say.
    /// </param>
    /// <returns>Whether the key is present, and will be: a moment that has passed removes it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>O(1). Not a hit for the eviction policy. The entry's tags stay as they are, unless the options have some.</remarks>
    public bool TrySetExpiry(TKey key, in EntryOptions options)
    {
        KeyHash hash = Hash(key);
        return ShardOf(hash).TrySetExpiry(key, hash, options) == WriteOutcome.Kept;
    }
}
