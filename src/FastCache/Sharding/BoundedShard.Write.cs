using System.Runtime.CompilerServices;
using FastCache.Journaling;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    /// <inheritdoc/>
    public override bool Set(TKey key, KeyHash hash, TValue value)
    {
        TCell cell = Cell.Store<TValue, TCell>(value);
        UpdateOutcome outcome = _comparer is null && _updatesInPlace
            ? CurrentTable.TryUpdateFirst(key, hash, cell)
            : UpdateOutcome.Changed;
        return outcome == UpdateOutcome.Updated
            || SetAnywhere(key, hash, value, cell, default, isKnownAbsent: outcome == UpdateOutcome.Absent);
    }

    /// <inheritdoc/>
    public override bool Set(TKey key, KeyHash hash, TValue value, in EntryOptions options)
        => SetAnywhere(key, hash, value, Cell.Store<TValue, TCell>(value), options, isKnownAbsent: false);

    /// <inheritdoc/>
    public override WriteOutcome TryAdd(TKey key, KeyHash hash, TValue value, in EntryOptions options)
    {
        int weight = Weigh(key, value);
        TCell cell = Cell.Store<TValue, TCell>(value);
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        JournalRecord? record = null;
        while (true)
        {
            long searchedAt = Insertions;
            if (TryFind(probe, hash, ref wait, out _))
            {
                return WriteOutcome.Present;
            }

            record ??= _journal?.Describe(key, value);
            WriteOutcome outcome = TryInsert(key, hash, value, cell, weight, options, searchedAt, record, ref wait);
            if (outcome == WriteOutcome.Kept
                || (outcome == WriteOutcome.Refused && TryInvalidateLoadsOf(hash, searchedAt, record)))
            {
                record?.Complete();
                return DiscardIfRefused(value, outcome);
            }
        }
    }

    /// <inheritdoc/>
    public override WriteOutcome TryUpdate(TKey key, KeyHash hash, TValue value)
    {
        int weight = Weigh(key, value);
        TCell cell = Cell.Store<TValue, TCell>(value);
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        JournalRecord? record = null;
        do
        {
            while (TryFindFresh(probe, hash, ref wait, out EntryStamp stamp))
            {
                record ??= _journal?.Describe(key, value);
                WriteOutcome outcome = TryReplace(stamp, key, value, cell, weight, default, record, ref wait);
                if (outcome != WriteOutcome.Changed)
                {
                    record?.Complete();
                    return DiscardIfRefused(value, outcome);
                }
            }
        }
        while (!TryOutdateAbsent(key, hash));

        return WriteOutcome.Absent;
    }

    /// <inheritdoc/>
    public override WriteOutcome TryReplace(EntryStamp stamp, TKey key, TValue value, int weight)
    {
        var wait = new SpinWait();
        JournalRecord? record = _journal?.Describe(key, value);
        WriteOutcome outcome = TryReplace(stamp, key, value, Cell.Store<TValue, TCell>(value), weight, default, record, ref wait);
        if (outcome != WriteOutcome.Changed)
        {
            record?.Complete();
        }

        return DiscardIfRefused(value, outcome);
    }

    /// <summary>Reads an entry that had not expired when it was found. Counts as a hit.</summary>
    private ReadOutcome ReadFound(EntryStamp stamp, ref SpinWait wait, out TValue? value)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        if (table.IsDue(stamp.Slot))
        {
            return ReadDue(stamp, countsAsHit: true, ref wait, out value);
        }

        if (!table.TryReadStable(stamp.Slot, stamp.Version, out TCell? cell))
        {
            SharedMemory.Wait(ref wait);
            value = default;
            return ReadOutcome.Changed;
        }

        table.Touch(stamp.Slot);
        value = Cell.Load<TValue, TCell>(cell);
        return ReadOutcome.Hit;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SetAnywhere(
        TKey key, KeyHash hash, TValue value, TCell cell, in EntryOptions options, bool isKnownAbsent)
    {
        int weight = Weigh(key, value);
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        JournalRecord? record = _journal?.Describe(key, value);
        long searchedAt = NotSearched;
        while (true)
        {
            WriteOutcome outcome = WriteOutcome.Absent;
            if (!isKnownAbsent)
            {
                searchedAt = Insertions;
                if (TryFind(probe, hash, ref wait, out EntryStamp stamp))
                {
                    outcome = TryReplace(stamp, key, value, cell, weight, options, record, ref wait);
                }
            }

            // One that is refused in the place of another value has removed that, once and for all: what comes later stays.
            bool isOver = outcome == WriteOutcome.Refused;
            if (outcome == WriteOutcome.Absent)
            {
                outcome = TryInsert(key, hash, value, cell, weight, options, searchedAt, record, ref wait);
                isOver = outcome == WriteOutcome.Refused && TryInvalidateLoadsOf(hash, searchedAt, record);
            }

            if (isOver || outcome == WriteOutcome.Kept)
            {
                record?.Complete();
                return DiscardIfRefused(value, outcome) == WriteOutcome.Kept;
            }

            isKnownAbsent = false;
        }
    }

    /// <summary>Replaces the value of an entry that had not expired when it was found.</summary>
    /// <returns>Kept, refused, or changed if the key must be searched again.</returns>
    private WriteOutcome TryReplace(
        EntryStamp stamp,
        TKey key,
        TValue value,
        TCell cell,
        int weight,
        in EntryOptions options,
        JournalRecord? record,
        ref SpinWait wait)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        _notifications?.ThrowIfHeld(value);
        if (EntryVersion.State(stamp.Version) == EntryVersion.Guarded)
        {
            ReleaseGuard(stamp);
            return WriteOutcome.Changed;
        }

        // After the version was read: times that come into being later come with another one.
        if (_isPlain && !options.SetsAnything && table.Times is null)
        {
            if (TWeights.Differ && weight > MaxEntryWeight)
            {
                return ReplaceByNothing(stamp, weight, record);
            }

            return _updatesInPlace
                ? TryReplaceValue(table, stamp, cell, ref wait)
                : ReplaceOrWait(stamp, cell, weight, current: default, lifetime: default, record, ref wait);
        }

        // Asking for the time takes about as long as the times take to arrive.
        table.Times?.Prefetch(stamp.Slot);
        long now = _clock.Now();
        if (!TryReadLifetime(stamp, ref wait, out Lifetime current))
        {
            return WriteOutcome.Changed;
        }

        Lifetime lifetime = _setup.Rules.OfUpdated(key, value, options, current, _clock, ref now) with { Tags = TagsOf(options) };
        if (weight > MaxEntryWeight || lifetime.IsOverAt(now))
        {
            return ReplaceByNothing(stamp, weight, record);
        }

        record?.SetLifetime(lifetime, now);
        if (!TWeights.Differ && _notifications is null && record is null && HasTimer(table, current, lifetime))
        {
            return table.TryUpdate(
                stamp.Slot, stamp.Version, cell, current, lifetime, _clock.AttentionTickOf(lifetime), out _)
                ? WriteOutcome.Kept
                : WriteOutcome.Changed;
        }

        return ReplaceOrWait(stamp, cell, weight, current, lifetime, record, ref wait);
    }

    /// <summary>Removes an entry in whose place a value was to come that is not kept.</summary>
    private WriteOutcome ReplaceByNothing(EntryStamp stamp, int weight, JournalRecord? record)
        => TryRemove(stamp, RemovalCause.Replaced, record, out _) ? Refuse(weight) : WriteOutcome.Changed;

    /// <summary>Replaces inside a turn; if the entry has changed, or is being updated, waits outside it.</summary>
    private WriteOutcome ReplaceOrWait(
        EntryStamp stamp,
        TCell cell,
        int weight,
        in Lifetime current,
        in Lifetime lifetime,
        JournalRecord? record,
        ref SpinWait wait)
    {
        WriteOutcome outcome = TryReplaceInTurn(stamp, cell, weight, current, lifetime, record);
        if (outcome == WriteOutcome.Changed)
        {
            SharedMemory.Wait(ref wait);
        }

        _notifications?.AwaitRoom();
        return outcome;
    }

    private static WriteOutcome TryReplaceValue(Table<TKey, TCell> table, EntryStamp stamp, TCell cell, ref SpinWait wait)
    {
        if (table.TryUpdate(stamp.Slot, stamp.Version, cell) == UpdateOutcome.Updated)
        {
            return WriteOutcome.Kept;
        }

        if (EntryVersion.State(stamp.Version) == EntryVersion.Updating)
        {
            SharedMemory.Wait(ref wait);
        }

        return WriteOutcome.Changed;
    }

    private WriteOutcome TryReplaceInTurn(
        EntryStamp stamp, TCell cell, int weight, in Lifetime current, in Lifetime lifetime, JournalRecord? record)
    {
        EnsureClockRuns(lifetime);
        using (_turn.Enter())
        {
            Table<TKey, TCell> table = TableOf(stamp);
            if (table != CurrentTable
                || !table.IsUnchanged(stamp.Slot, stamp.Version)
                || !TryMakeRoomFor(stamp.Slot, weight))
            {
                return WriteOutcome.Changed;
            }

            _weights.PrepareFor(weight);
            PrepareFor(lifetime);
            if (!table.TryUpdate(
                stamp.Slot, stamp.Version, cell, current, lifetime, _clock.AttentionTickOf(lifetime), out TCell? replaced))
            {
                return WriteOutcome.Changed;
            }

            WriteDown(record, stamp.Slot);
            Hold(cell);
            Reweigh(stamp.Slot, weight);
            Schedule(stamp.Slot, lifetime);
            Notify(KeyToNotify(stamp.Slot), replaced, RemovalCause.Replaced);
            return WriteOutcome.Kept;
        }
    }
}
