using FastCache.Sharding;
using FastCache.Tagging;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    private readonly TagRegistry _tags = new();

    /// <summary>Removes every entry that has a tag: see <see cref="EntryOptions.Tags"/>.</summary>
    /// <param name="tag">The tag. Tags are compared ordinally.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tag"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="tag"/> is empty.</exception>
    /// <exception cref="NotSupportedException">The cache has a log, which does not know tags.</exception>
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
    /// <exception cref="NotSupportedException">The cache has a log, which does not know tags.</exception>
    /// <remarks>O(tags); not atomic. Otherwise as <see cref="RemoveByTag"/>.</remarks>
    public void RemoveByTags(params ReadOnlySpan<string> tags)
    {
        foreach (string tag in tags)
        {
            ArgumentException.ThrowIfNullOrEmpty(tag);
        }

        ThrowIfLogged();
        bool areKnown = false;
        foreach (string tag in tags)
        {
            areKnown |= _tags.Invalidate(tag);
        }

        if (areKnown)
        {
            foreach (Shard<TKey, TValue> shard in _shards)
            {
                shard.Sweep();
            }
        }
    }

    /// <summary>Removes the entries whose keys a function chooses, by looking at all of them.</summary>
    /// <param name="predicate">
    /// Whether a key is to be removed. Runs outside any lock, once or more for a key, also for those that are being loaded.
    /// </param>
    /// <returns>How many entries were removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    /// <exception cref="NotSupportedException">
    /// The cache has a log: what was evicted, or is not restored yet, would come back.
    /// </exception>
    /// <remarks>
    /// O(room for entries), without a lock but for each removal. Not atomic: a chosen entry that is there throughout is removed, one that is
    /// written meanwhile may stay. What is being loaded for chosen keys is not kept. Where a group of entries is removed often, a tag costs
    /// less: see <see cref="RemoveByTag"/>.
    /// </remarks>
    public int RemoveWhere(Func<TKey, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        ThrowIfLogged();
        int removed = 0;
        foreach (Shard<TKey, TValue> shard in _shards)
        {
            removed += shard.RemoveWhere(predicate);
        }

        return removed;
    }

    private void ThrowIfLogged()
    {
        if (_journal is not null)
        {
            throw new NotSupportedException("A cache with a log removes single keys or everything: what else it has written down would come back.");
        }
    }
}
