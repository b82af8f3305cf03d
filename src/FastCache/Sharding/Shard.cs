using System.Diagnostics.CodeAnalysis;
using FastCache.Diagnostics;
using FastCache.Journaling;
using FastCache.Loading;
using FastCache.Table;
using FastCache.Timing;

namespace FastCache.Sharding;

/// <summary>
/// A part of the cache with a table, a policy, timers and a turn of its own. What a write or a miss calls: one dispatch.
/// </summary>
/// <remarks>
/// All members are thread-safe. Reads of values in place bypass the shard and go to its table. An entry that has expired counts
/// as absent everywhere but in <see cref="Count"/> and <see cref="Weight"/>.
/// </remarks>
internal abstract class Shard<TKey, TValue> : SlotEvictor, IMaintained
    where TKey : notnull
{
    /// <summary>Entries now.</summary>
    public abstract int Count { get; }

    /// <summary>What they weigh together. Never above the limit, but after the limit was lowered.</summary>
    public abstract long Weight { get; }

    public abstract CacheStatistics Statistics { get; }

    /// <summary>Loads that have not ended.</summary>
    public abstract int LoadsInProgress { get; }

    /// <summary>How many wait for them; a refresh in the background waits for itself.</summary>
    public abstract int LoadWaiters { get; }

    /// <inheritdoc/>
    public abstract long NextTimerTick { get; }

    /// <summary>The memory of the timers.</summary>
    public abstract long TimerBytes { get; }

    /// <summary>Adds or replaces, with the cache's own options.</summary>
    public abstract bool Set(TKey key, KeyHash hash, TValue value);

    /// <summary>Adds or replaces.</summary>
    public abstract bool Set(TKey key, KeyHash hash, TValue value, in EntryOptions options);

    /// <summary>Adds unless present: kept, present or refused.</summary>
    public abstract WriteOutcome TryAdd(TKey key, KeyHash hash, TValue value, in EntryOptions options);

    /// <summary>Replaces if present: kept, absent or refused.</summary>
    public abstract WriteOutcome TryUpdate(TKey key, KeyHash hash, TValue value);

    public abstract bool TryRemove(TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value);

    /// <inheritdoc cref="ILoadTarget{TKey, TValue}.Begin"/>
    public abstract LoadStart BeginLoad(
        TKey key,
        KeyHash hash,
        LoadOptions options,
        LoadKind kind,
        bool hasMissed,
        out TValue? value,
        out Flight<TKey, TValue>? flight);

    /// <inheritdoc cref="ILoadTarget{TKey, TValue}.End"/>
    public abstract LoadOutcome<TValue> EndLoad(
        KeyHash hash, Flight<TKey, TValue> flight, LoadOptions options, LoadOutcome<TValue> outcome);

    /// <summary>Reads an entry whose attention tick had come: absent, a hit of one kind or the other, or changed.</summary>
    /// <param name="stamp">The entry.</param>
    /// <param name="countsAsHit">Whether the read counts as an access.</param>
    /// <param name="wait">Waits here for an update of the entry.</param>
    /// <param name="value">The value of a hit.</param>
    public abstract ReadOutcome ReadDue(EntryStamp stamp, bool countsAsHit, ref SpinWait wait, out TValue? value);

    /// <summary>Reads a value together with what <see cref="TryReplace"/> and <see cref="TryRemove(EntryStamp, TKey)"/> need.</summary>
    public abstract bool TrySnapshot(
        TKey key, KeyHash hash, [MaybeNullWhen(false)] out TValue value, out EntryStamp stamp);

    /// <summary>What an entry weighs. Calls the weigher.</summary>
    public abstract int Weigh(TKey key, TValue value);

    /// <summary>Replaces the value if the entry is still what was snapshot: kept, refused or changed.</summary>
    public abstract WriteOutcome TryReplace(EntryStamp stamp, TKey key, TValue value, int weight);

    /// <summary>Removes the entry if it is still what was snapshot.</summary>
    public abstract bool TryRemove(EntryStamp stamp, TKey key);

    /// <summary>
    /// Says that a key which was found absent has another value than it had: what is stale, and what is being loaded, is out of date.
    /// False if there is an entry by now: the caller looks again.
    /// </summary>
    public abstract bool TryOutdateAbsent(TKey key, KeyHash hash);

    /// <summary>
    /// Whether a key that is absent may be there again, with an older value than now: it may be loaded at this moment, or be stale.
    /// </summary>
    public abstract bool MayComeBack { get; }

    /// <summary>How long an entry lives on; null if there is none.</summary>
    public abstract TimeSpan? TimeToLive(TKey key, KeyHash hash);

    /// <summary>Sets the expiry of an entry as a write with these options would: kept, absent or refused.</summary>
    public abstract WriteOutcome TrySetExpiry(TKey key, KeyHash hash, in EntryOptions options);

    /// <summary>Reclaims, in the background, what a tag has invalidated.</summary>
    public abstract void Sweep();

    /// <summary>Removes the entries, and outdates the loads, whose keys a function of the application chooses; how many entries.</summary>
    public abstract int RemoveWhere(Func<TKey, bool> predicate);

    /// <summary>Removes all entries.</summary>
    /// <param name="generation">What <see cref="Journal{TKey, TValue}.BeginClear"/> has said.</param>
    public abstract void Clear(long generation);

    /// <summary>Puts back what was written down before the cache began, if nothing has been heard of its key since.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="value">Its value then.</param>
    /// <param name="lifetime">Until when it may be served.</param>
    /// <param name="journaled">What the journal knows of it.</param>
    public abstract RestoreOutcome TryRestore(
        TKey key, KeyHash hash, TValue value, in Lifetime lifetime, in JournaledEntry journaled);

    /// <summary>Adds the positions, within a range, of all entries in the journal. In no order; O(slots).</summary>
    public abstract void CollectPositions(ulong first, ulong last, List<ulong> positions);

    /// <summary>Writes an entry down once more, if the journal's newest record of it is at a position. False if not, or if there is no entry.</summary>
    public abstract bool TryWriteDownAgain(TKey key, KeyHash hash, ulong position, JournalRecord record);

    /// <summary>Adds all keys, and where their entries stand. O(slots), allocates.</summary>
    public abstract void CollectStandings(List<RankedKey<TKey>> keys);

    /// <summary>How much of the limit the policy's window has; null for a policy without one.</summary>
    public abstract double? WindowShare { get; }

    /// <summary>Gives the policy's window a part of the limit.</summary>
    public abstract void SetWindowShare(double share);

    /// <summary>Puts what was restored into the order in which it stood, and what has come since in front of it. O(n log n), a bit in each turn.</summary>
    public abstract void Rearrange(IRestoredOrder order);

    /// <summary>Evicts up to a number of entries; how many.</summary>
    public abstract int Trim(int count);

    /// <summary>Removes all that has expired; how many.</summary>
    public abstract int TrimExpired();

    /// <summary>Changes the most that it may hold.</summary>
    public abstract void Resize(long limit);

    /// <summary>Adds every entry with how much the policy wants to keep it.</summary>
    public abstract void CollectRanked(List<RankedEntry<TKey, TValue>> entries);

    /// <summary>What the shard knows of an entry; null if there is none.</summary>
    public abstract EntryExplanation? Explain(TKey key, KeyHash hash);

    /// <summary>Steps an enumeration.</summary>
    public abstract bool TryMoveNext(ref ShardCursor cursor, out KeyValuePair<TKey, TValue> entry);

    /// <summary>Empties the shard for good: reads miss and writes throw from now on.</summary>
    public abstract void Close();

    /// <inheritdoc/>
    public abstract bool Maintain();

    /// <summary>Throws if the shard's structures contradict each other. Meaningful only while nobody writes.</summary>
    public abstract void AssertConsistent();
}
