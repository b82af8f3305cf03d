using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>Decides which slot a full shard gives up: slots in, victims out.</summary>
/// <remarks>
/// Implemented by structs and used as a type argument, so that the compiler sees through every call. A policy knows slot
/// numbers and 32-bit hashes, no keys and no table. Touched only inside its shard's turn.
/// </remarks>
internal interface IEvictionPolicy
{
    /// <summary>
    /// The referenced byte of a new entry. 1 means that the policy never asks; readers then never need to write it.
    /// </summary>
    static abstract byte InitialReferenced { get; }

    /// <summary>Entries it follows.</summary>
    int Count { get; }

    /// <summary>Whether enough removed entries lie in its queues that <see cref="Compact"/> is worth its while.</summary>
    bool NeedsCompaction { get; }

    /// <summary>Asks for the memory that <see cref="RecordMiss"/> will touch. Any thread.</summary>
    void Prefetch(uint hash);

    /// <summary>A key of this hash was asked for and is absent: it is about to be added. O(1).</summary>
    void RecordMiss(uint hash);

    /// <summary>Asks for the memory that the next calls of <see cref="TryEvict"/> will touch.</summary>
    void PrefetchVictims<THost>(THost host)
        where THost : IEvictionHost;

    /// <summary>
    /// Chooses one entry, evicts it through <paramref name="host"/> and forgets it. Bounded work, amortised O(1).
    /// </summary>
    /// <param name="host">The shard.</param>
    /// <param name="incoming">What the entry weighs that room is made for.</param>
    /// <returns>False if nothing could be evicted now.</returns>
    bool TryEvict<THost>(THost host, long incoming)
        where THost : IEvictionHost;

    /// <summary>
    /// Whether a new entry is worth what it would push out; asked before anything is evicted for it. Bounded work.
    /// </summary>
    /// <param name="host">The shard.</param>
    /// <param name="hash">The new entry's hash.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="excess">The weight of what would have to go.</param>
    bool Admits<THost>(THost host, uint hash, long weight, long excess)
        where THost : IEvictionHost;

    /// <summary>Follows a new entry. O(1).</summary>
    void Add(int slot, uint hash);

    /// <summary>Forgets an entry that was removed for a reason of somebody else's. O(1).</summary>
    void Remove(int slot);

    /// <summary>An entry that it follows has another weight. Before the weights say so. O(1).</summary>
    void Reweigh(int slot, int weight);

    /// <summary>The shard may hold so many entries, or so much weight, from now on. O(1).</summary>
    void Resize(long limit);

    /// <summary>Drops the places of removed entries from the queues. O(entries).</summary>
    void Compact();

    /// <summary>The entries have new slot numbers, -1 for those that are gone. O(entries).</summary>
    /// <param name="newSlots">For each old slot the new one.</param>
    /// <param name="room">The most entries that it will follow from now on.</param>
    /// <param name="slotCount">The number of slots from now on.</param>
    /// <param name="hashes">The hash of the entry in each slot from now on; kept up to date by the caller.</param>
    void Renumber(ReadOnlySpan<int> newSlots, int room, int slotCount, PinnedArray<uint> hashes);

    /// <summary>Where each slot stands. O(slots), allocates.</summary>
    SlotStanding[] Standings();

    /// <summary>How often a hash was asked for lately; null for a policy that does not count.</summary>
    int? FrequencyOf(uint hash);

    /// <summary>A hash was asked for so often before the policy began. O(1).</summary>
    void Recall(uint hash, int frequency);

    /// <summary>Moves an entry that it follows to the head of a queue; none for the one that it is in. O(1).</summary>
    void MoveToHead(int slot, SlotQueue queue);

    /// <summary>How much of the limit its window has; null if it has none.</summary>
    double? WindowShare { get; }

    /// <summary>Gives its window, if it has one, a part of the limit.</summary>
    void SetWindowShare(double share);

    /// <summary>Throws if its structures contradict each other or the slots in use.</summary>
    /// <param name="isFollowed">Whether a slot holds an entry that it follows.</param>
    void AssertConsistent(Func<int, bool> isFollowed);
}
