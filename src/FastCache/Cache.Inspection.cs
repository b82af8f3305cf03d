using FastCache.Sharding;
using FastCache.Table;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>The entries that the eviction policy values most, the most valued first.</summary>
    /// <param name="count">The most entries to return.</param>
    /// <returns>Keys and values; each was in the cache at some moment of the call.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <remarks>
    /// Pinned entries, then by how often entries are used, then by how far they are from eviction. For diagnosis and warm
    /// starts: O(entries log entries), allocates, holds each shard's lock for a time proportional to its entries. Not an access.
    /// </remarks>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> Hottest(int count)
        => Ranked(count, static (one, other) => other.Rank.CompareTo(one.Rank));

    /// <summary>The entries that the eviction policy values least, the least valued first.</summary>
    /// <inheritdoc cref="Hottest"/>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> Coldest(int count)
        => Ranked(count, static (one, other) => one.Rank.CompareTo(other.Rank));

    /// <summary>Why an entry is kept, and what would have to happen for it to go.</summary>
    /// <param name="key">The key.</param>
    /// <returns>What the cache knows of it; null if the key is absent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <remarks>For diagnosis: O(entries) of one shard, whose lock it holds meanwhile; allocates. Not an access.</remarks>
    public EntryExplanation? Explain(TKey key)
    {
        KeyHash hash = Hash(key);
        return ShardOf(hash).Explain(key, hash);
    }

    private List<KeyValuePair<TKey, TValue>> Ranked(int count, Comparison<RankedEntry<TKey, TValue>> order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        List<RankedEntry<TKey, TValue>> entries = [];
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            shard.CollectRanked(entries);
        }

        entries.Sort(order);
        return [.. entries.Take(count).Select(static entry => KeyValuePair.Create(entry.Key, entry.Value))];
    }
}
