using FastCache.Tagging;

namespace FastCache.Journaling;

/// <summary>Where a cache writes down what happens to it, so that another process can go on from there.</summary>
/// <remarks>
/// <para>Every value put, every removal (of an absent key too: an older value of it may have been written down), every tag that is removed
/// and every clear is written down; what is evicted or expires is not.</para>
/// <para>A record is made outside any turn, where user code may serialize, takes its place in the journal inside the turn in which the cache
/// changes, and is completed outside. So the order of the records of a key is the order in which its values changed, and nothing that
/// takes long happens inside a turn.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal abstract class Journal<TKey, TValue>
    where TKey : notnull
{
    /// <summary>What it has done, and how it is. Outside any turn.</summary>
    public virtual JournalStatistics Statistics => default;

    /// <summary>Outside any turn: makes a record of a key and a value. Calls user code, which may throw.</summary>
    public abstract JournalRecord Describe(TKey key, TValue value);

    /// <summary>Outside any turn: makes a record of a key that is to be removed. Calls user code, which may throw.</summary>
    public abstract JournalRecord Describe(TKey key);

    /// <summary>
    /// Outside any turn: says that everything is about to be removed, and begins the next generation of values. The record has its place
    /// already.
    /// </summary>
    public abstract JournalRecord BeginClear(out long generation);

    /// <summary>
    /// Outside any turn: invalidates a tag and says so. What is put behind that with the tag is not out of date, what was put before it is.
    /// </summary>
    /// <param name="tag">The tag.</param>
    /// <param name="tags">Those of the cache.</param>
    /// <returns>What <see cref="TagRegistry.Invalidate"/> returns.</returns>
    public abstract bool RemoveTag(string tag, TagRegistry tags);

    /// <summary>
    /// Outside any turn: says that the keys that follow a pattern, which are about to be removed, have no value. What is put behind that
    /// counts until it is removed itself.
    /// </summary>
    /// <exception cref="NotSupportedException">The keys are not written down as text.</exception>
    public abstract void RemoveMatching(KeyPattern pattern);

    /// <summary>Outside any turn: waits as <see cref="JournalRecord.Complete"/> does, for all that was written down so far.</summary>
    public abstract void CompleteAll();

    /// <summary>
    /// Outside any turn: says that the cache is about to be empty for good, whoever disposes it. What it holds is not removed by that. Called
    /// at least once.
    /// </summary>
    public virtual void BeginClose()
    {
    }

    /// <summary>
    /// Inside a turn: whether a value that was written down earlier may be put back. Not if its key, or everything, has been written down
    /// since.
    /// </summary>
    public abstract bool MayRestore(TKey key, ulong keyDigest);
}
