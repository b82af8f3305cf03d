using System.Diagnostics.CodeAnalysis;
using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>Removes a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether the key was present.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>O(1), no allocation. If the key is being loaded, present or not, what is loaded is not kept.</remarks>
    public bool TryRemove(TKey key) => TryRemove(key, out _);

    /// <summary>Removes a key and says what its value was.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value that was removed, if the key was present.</param>
    /// <inheritdoc cref="TryRemove(TKey)" path="/*[self::returns or self::exception or self::remarks]"/>
    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        KeyHash hash = Hash(key);
        return ShardOf(hash).TryRemove(key, hash, out value);
    }

    /// <summary>Removes a key if its value equals another.</summary>
    /// <param name="entry">The key, and what its value must equal by the value type's default equality.</param>
    /// <returns>Whether the key was present with that value, and so was removed.</returns>
    /// <exception cref="ArgumentNullException">The key is null.</exception>
    /// <remarks>
    /// O(1), no allocation. Values are compared on a copy, outside any lock. If the key is absent and being loaded, what is loaded is not
    /// kept.
    /// </remarks>
    public bool TryRemove(KeyValuePair<TKey, TValue> entry)
    {
        KeyHash hash = Hash(entry.Key);
        Shard<TKey, TValue> shard = ShardOf(hash);
        do
        {
            while (shard.TrySnapshot(entry.Key, hash, out TValue? current, out EntryStamp stamp))
            {
                if (!EqualityComparer<TValue>.Default.Equals(current, entry.Value))
                {
                    return false;
                }

                if (shard.TryRemove(stamp, entry.Key))
                {
                    return true;
                }
            }
        }
        while (!shard.TryOutdateAbsent(entry.Key, hash));

        return false;
    }

    /// <summary>Removes several keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>How many of them were present.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null, or one of its keys is.</exception>
    /// <remarks>Not atomic: what comes before a failing key is removed.</remarks>
    public int RemoveMany(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        int removed = 0;
        foreach (TKey key in keys)
        {
            if (TryRemove(key))
            {
                removed++;
            }
        }

        return removed;
    }
}
