using FastCache.Sharding;
using FastCache.Tagging;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    private readonly TagRegistry _tags;

    /// <summary>Removes every entry that has a tag: see <see cref="EntryOptions.Tags"/>.</summary>
    /// <param name="tag">The tag. Tags are compared ordinally.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tag"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="tag"/> is empty.</exception>
    /// <remarks>
    /// <para>O(1), however many entries have the tag: an entry that was written with the tag before the call is absent for everybody when the
    /// call returns. Its place is reclaimed when somebody asks for it, and in the background; until then it is in <see cref="Count"/>. A
    /// removal listener is told then, with <see cref="RemovalCause.Explicit"/>.</para>
    /// <para>What is being loaded meanwhile, and turns out to have the tag, is returned to those who have asked before and not kept.</para>
    /// <para>This is what the version of a namespace is for elsewhere: give all entries of it a tag.</para>
    /// </remarks>
    public void RemoveByTag(string tag) => RemoveByTags(tag);

    /// <summary>Removes every entry that has one of several tags.</summary>
    /// <param name="tags">The tags. Tags are compared ordinally.</param>
    /// <exception cref="ArgumentException">One of <paramref name="tags"/> is null or empty. Then nothing is removed.</exception>
    /// <remarks>O(tags); not atomic. Otherwise as <see cref="RemoveByTag"/>.</remarks>
    public void RemoveByTags(params ReadOnlySpan<string> tags)
    {
        foreach (string tag in tags)
        {
            ArgumentException.ThrowIfNullOrEmpty(tag);
        }

        bool areKnown = false;
        foreach (string tag in tags)
        {
            areKnown |= _journal?.RemoveTag(tag, _tags) ?? _tags.Invalidate(tag);
        }

        _tags.Prune();
        if (areKnown)
        {
            foreach (Shard<TKey, TValue> shard in _shards)
            {
                shard.Sweep();
            }
        }

        _journal?.CompleteAll();
    }

    /// <summary>Removes the entries whose keys a function chooses, by looking at all of them.</summary>
    /// <param name="predicate">
    /// Whether a key is to be removed. Runs outside any lock, once or more for a key, also for those that are being loaded.
    /// </param>
    /// <returns>How many entries were removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    /// <exception cref="NotSupportedException">
    /// The cache has a log: what was evicted, or is not restored yet, would come back. <see cref="StringKeyCacheExtensions"/> has what a log
    /// can remember.
    /// </exception>
    /// <remarks>
    /// O(room for entries), without a lock but for each removal. Not atomic: a chosen entry that is there throughout is removed, one that is
    /// written meanwhile may stay. What is being loaded for chosen keys is not kept. Where a group of entries is removed often, a tag costs
    /// less: see <see cref="RemoveByTag"/>.
    /// </remarks>
    public int RemoveWhere(Func<TKey, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return _journal is null
            ? RemoveEach(predicate)
            : throw new NotSupportedException(
                "A cache with a log cannot remove what a function chooses: the log could not tell what else it has written down is meant.");
    }

    /// <summary>Removes the entries whose keys follow a pattern, for good: also those that a log has and the cache has not.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="predicate">The same for the keys' type.</param>
    internal int RemoveMatching(KeyPattern pattern, Func<TKey, bool> predicate)
    {
        // First: what is written down before that is found among the entries, and what is written down later is removed one by one.
        _journal?.RemoveMatching(pattern);
        int removed = RemoveEach(predicate);
        _journal?.CompleteAll();
        return removed;
    }

    private int RemoveEach(Func<TKey, bool> predicate)
    {
        int removed = 0;
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            removed += shard.RemoveWhere(predicate);
        }

        return removed;
    }
}
