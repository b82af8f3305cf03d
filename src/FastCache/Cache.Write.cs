using System.Diagnostics.CodeAnalysis;
using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>Adds a value or replaces the one that is there. Replacing counts as a hit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>
    /// Whether the value was kept. It is not if it is too heavy, or not worth what it would push out, or would expire at once;
    /// <see cref="Statistics"/> counts why. The key is then absent: an older value would be out of date.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    /// <remarks>O(1), amortised over the growth of the table. No allocation but that growth.</remarks>
    public bool Set(TKey key, TValue value)
    {
        KeyHash hash = Hash(key);
        return ShardOf(hash).Set(key, hash, value);
    }

    /// <summary>Adds a value unless the key is present.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the value was added.</returns>
    /// <inheritdoc cref="Set(TKey, TValue)" path="/*[self::exception or self::remarks]"/>
    public bool TryAdd(TKey key, TValue value) => TryAdd(key, value, default);

    /// <summary>Replaces the value of a key that is present. Counts as a hit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <returns>Whether the key was present, and the value was kept.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>O(1), no allocation. No lock, unless the cache has a weigher or a removal listener, or the entry's time to live becomes shorter.</remarks>
    public bool TryUpdate(TKey key, TValue value)
    {
        KeyHash hash = Hash(key);
        WriteOutcome outcome = ShardOf(hash).TryUpdate(key, hash, value);
        if (outcome == WriteOutcome.Absent)
        {
            _notifications?.Discard(value);
        }

        return outcome == WriteOutcome.Kept;
    }

    /// <summary>Replaces the value of a key if it equals another value: compare-and-swap. Counts as a hit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="newValue">The new value.</param>
    /// <param name="comparisonValue">What the present value must equal, by the value type's default equality.</param>
    /// <returns>Whether the value was replaced.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>O(1), no lock, no allocation. Values are compared on a copy, outside any lock.</remarks>
    public bool TryUpdate(TKey key, TValue newValue, TValue comparisonValue)
    {
        KeyHash hash = Hash(key);
        Shard<TKey, TValue> shard = ShardOf(hash);
        int? weight = null;
        do
        {
            while (shard.TrySnapshot(key, hash, out TValue? current, out EntryStamp stamp))
            {
                if (!EqualityComparer<TValue>.Default.Equals(current, comparisonValue))
                {
                    _notifications?.Discard(newValue);
                    return false;
                }

                weight ??= shard.Weigh(key, newValue);
                WriteOutcome outcome = shard.TryReplace(stamp, key, newValue, weight.Value);
                if (outcome != WriteOutcome.Changed)
                {
                    return outcome == WriteOutcome.Kept;
                }
            }
        }
        while (!shard.TryOutdateAbsent(key, hash));

        _notifications?.Discard(newValue);
        return false;
    }

    /// <summary>Adds a value, or replaces the one that is there by one made from it. Replacing counts as a hit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="addValue">The value if the key is absent.</param>
    /// <param name="updateFactory">
    /// Makes the new value from the key and the present value. Runs outside any lock, and again if the entry changes
    /// meanwhile. What it throws passes through, and the entry stays as it is.
    /// </param>
    /// <returns>The value that is in the cache now, or would be had it not been refused; see <see cref="Set(TKey, TValue)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="updateFactory"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    /// <remarks>O(1) a try. No allocation but the growth of the table.</remarks>
    public TValue AddOrUpdate(TKey key, TValue addValue, Func<TKey, TValue, TValue> updateFactory)
    {
        ArgumentNullException.ThrowIfNull(updateFactory);
        KeyHash hash = Hash(key);
        Shard<TKey, TValue> shard = ShardOf(hash);
        TValue? last = default;
        while (true)
        {
            if (!shard.TrySnapshot(key, hash, out TValue? current, out EntryStamp stamp))
            {
                if (shard.TryAdd(key, hash, addValue, default) != WriteOutcome.Present)
                {
                    _notifications?.DiscardUnless(last!, addValue);
                    return addValue;
                }

                continue;
            }

            TValue updated = updateFactory(key, current);
            _notifications?.DiscardUnless(last!, updated);
            if (shard.TryReplace(stamp, key, updated, shard.Weigh(key, updated)) != WriteOutcome.Changed)
            {
                _notifications?.DiscardUnless(addValue, updated);
                return updated;
            }

            last = updated;
        }
    }

    /// <summary>Adds or replaces several values, each as <see cref="Set(TKey, TValue)"/> does.</summary>
    /// <param name="entries">The keys and values.</param>
    /// <returns>How many values were kept.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> is null, or one of its keys is.</exception>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    /// <remarks>Not atomic: what comes before a failing entry stays.</remarks>
    public int SetMany(IEnumerable<KeyValuePair<TKey, TValue>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        int kept = 0;
        foreach ((TKey key, TValue value) in entries)
        {
            if (Set(key, value))
            {
                kept++;
            }
        }

        return kept;
    }
}
