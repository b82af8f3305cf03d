using FastCache.Timing;

namespace FastCache.Journaling;

/// <summary>What one write says to the journal. Used by one thread; not after it is completed.</summary>
/// <remarks>One that is never completed is collected as any object is.</remarks>
internal abstract class JournalRecord
{
    /// <summary>Outside any turn: until when the value may be served, as of a moment. If not called, forever.</summary>
    public abstract void SetLifetime(in Lifetime lifetime, long now);

    /// <summary>Inside the turn that puts the value into the cache. Neither waits nor throws.</summary>
    /// <param name="generation">
    /// That of the clear which the shard has seen last. A value of an older generation than the journal's is about to be cleared, and is not
    /// written down.
    /// </param>
    /// <returns>Where the record is in the journal; 0 if it was not written down.</returns>
    public abstract ulong Put(long generation);

    /// <summary>Inside the turn that removes the value, or makes sure that the key is absent. Neither waits nor throws.</summary>
    public abstract void Remove();

    /// <summary>
    /// Outside any turn, when the write is over: waits until the record is durable if that is what the journal promises, or for room.
    /// </summary>
    public abstract void Complete();

    /// <summary>
    /// The same where nobody waits for this record to be durable: it was loaded, or its caller waits for several. Waits for room at most.
    /// </summary>
    public abstract void CompleteUnawaited();
}
