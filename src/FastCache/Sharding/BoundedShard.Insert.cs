using FastCache.Eviction;
using FastCache.Journaling;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    /// <summary>Adds an entry for a key that a search has not found.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="value">The value.</param>
    /// <param name="cell">What is stored of it.</param>
    /// <param name="weight">What the entry weighs.</param>
    /// <param name="options">How it is to be kept.</param>
    /// <param name="searchedAt">What <see cref="Insertions"/> was before that search, or <see cref="NotSearched"/>.</param>
    /// <param name="record">What the journal is told.</param>
    /// <param name="wait">Waits here, outside the turn, if something in the way is being updated.</param>
    /// <returns>Kept, refused, or changed if the key must be searched again.</returns>
    private WriteOutcome TryInsert(
        TKey key,
        KeyHash hash,
        TValue value,
        TCell cell,
        int weight,
        in EntryOptions options,
        long searchedAt,
        JournalRecord? record,
        ref SpinWait wait)
    {
        _notifications?.ThrowIfHeld(value);
        Lifetime lifetime = default;
        uint attentionTick = Tick.Never;
        if ((!_isPlain || options.SetsAnything)
            ? !TryGetLifetime(key, value, weight, options, record, out lifetime, out attentionTick)
            : TWeights.Differ && weight > MaxEntryWeight)
        {
            return Refuse(weight);
        }

        int likelySlot = Announce(hash, lifetime, out Table<TKey, TCell> table);
        WriteOutcome outcome;
        bool isAboveLimit;
        using (_turn.Enter())
        {
            if (_isClosed)
            {
                ThrowDisposed();
            }

            if (table != CurrentTable)
            {
                (table, likelySlot) = (CurrentTable, -1);
            }

            // Nothing was added since a search that found nothing: still absent. Else only an equal hash is in doubt.
            if (searchedAt != _insertions && table.MayHold(hash))
            {
                return WriteOutcome.Changed;
            }

            outcome = TryAddInTurn(key, hash, cell, weight, lifetime, attentionTick, likelySlot, record);
            if (outcome == WriteOutcome.Kept)
            {
                InvalidateLoads(hash.Position);
            }

            isAboveLimit = Load > _limit;
        }

        if (outcome == WriteOutcome.Changed)
        {
            SharedMemory.Wait(ref wait);
        }

        // The limit was lowered, and what the actor has found above it was being updated.
        PostIf(isAboveLimit);
        _notifications?.AwaitRoom();
        return outcome;
    }

    /// <summary>The turn is shorter if what it will touch is on its way before it begins.</summary>
    /// <returns>The slot that an insert will probably take, or -1.</returns>
    private int Announce(KeyHash hash, in Lifetime lifetime, out Table<TKey, TCell> table)
    {
        _policy.Prefetch(hash.Position);
        table = CurrentTable;
        int likelySlot = table.PrefetchInsert(hash);
        if (!lifetime.IsPlain && likelySlot >= 0)
        {
            table.Times?.Prefetch(likelySlot);
            _wheel?.Prefetch(likelySlot);
        }

        return likelySlot;
    }

    /// <summary>Inside a turn: adds an entry for a key that is absent, and evicts for it if need be.</summary>
    private WriteOutcome TryAddInTurn(
        TKey key,
        KeyHash hash,
        TCell cell,
        int weight,
        in Lifetime lifetime,
        uint attentionTick,
        int likelySlot,
        JournalRecord? record,
        bool sparesNeighbours = false)
    {
        Table<TKey, TCell> table = CurrentTable;
        WriteOutcome outcome = TryMakeRoom(hash, weight);
        return outcome == WriteOutcome.Kept
            ? TryPlace(
                key, hash, cell, weight, lifetime, attentionTick, table == CurrentTable ? likelySlot : -1, record, sparesNeighbours)
            : outcome;
    }

    /// <summary>Until when a new entry may be served. False if it is not to be kept at all.</summary>
    private bool TryGetLifetime(
        TKey key,
        TValue value,
        int weight,
        in EntryOptions options,
        JournalRecord? record,
        out Lifetime lifetime,
        out uint attentionTick)
    {
        lifetime = _setup.Rules.OfNew(key, value, options, _clock, out long now) with { Tags = TagsOf(options) };
        attentionTick = _clock.AttentionTickOf(lifetime);
        if (weight > MaxEntryWeight || lifetime.IsOverAt(now))
        {
            return false;
        }

        record?.SetLifetime(lifetime, now);
        EnsureClockRuns(lifetime);
        return true;
    }

    private void Follow(int slot, KeyHash hash, int weight)
    {
        if (TWeights.Differ)
        {
            _weights.Set(slot, weight);
            SetWeight(_weight + weight);
        }

        if (!IsPinned(slot))
        {
            _policy.Add(slot, hash.Position);
        }

        SharedMemory.WriteRelease(ref _insertions, _insertions + 1);
        SetCount(_count + 1);
    }

    /// <summary>Puts a new entry into the table, for which the shard has room.</summary>
    private WriteOutcome TryPlace(
        TKey key,
        KeyHash hash,
        TCell cell,
        int weight,
        in Lifetime lifetime,
        uint attentionTick,
        int likelySlot,
        JournalRecord? record,
        bool sparesNeighbours)
    {
        _weights.PrepareFor(weight);
        int slot;
        PrepareFor(lifetime);
        while (!CurrentTable.TryInsert(
            key, hash, cell, lifetime, attentionTick, TPolicy.InitialReferenced, likelySlot, out slot))
        {
            if (!TryClearNeighbourhood(hash, sparesNeighbours))
            {
                return WriteOutcome.Changed;
            }

            // It was a slot of a table that may have grown.
            likelySlot = -1;
            PrepareFor(lifetime);
        }

        WriteDown(record, slot);
        Hold(cell);
        Follow(slot, hash, weight);
        if (!lifetime.IsForever)
        {
            Schedule(slot, lifetime);
        }

        return WriteOutcome.Kept;
    }

    /// <inheritdoc/>
    public override bool TryEvict(int slot)
    {
        // One that is about to weigh more is not given up for itself.
        if (TWeights.Differ && slot == _keptSlot)
        {
            return false;
        }

        TKey? key = KeyToNotify(slot);
        if (!CurrentTable.TryRemove(slot, out TCell? cell))
        {
            return false;
        }

        Discount(slot);
        Notify(key, cell, RemovalCause.Capacity);
        _evictions++;
        return true;
    }

    /// <summary>
    /// Grows the table if it is full, and evicts if the shard is: what it holds will not pass the limit. Kept means that there is
    /// room.
    /// </summary>
    private WriteOutcome TryMakeRoom(KeyHash hash, int weight)
    {
        if (_count >= CurrentTable.FullAt && CanGrow && !TryGrow())
        {
            return WriteOutcome.Changed;
        }

        var host = new EvictionHost(this, CurrentTable, _wheel);
        if (host.PrefetchPays && Load + weight > _limit)
        {
            _policy.PrefetchVictims(host);
        }

        _policy.RecordMiss(hash.Position);
        if (_wheel is not null)
        {
            // What has expired goes before what could be used again.
            AdvanceTimers(_clock.CurrentTick, TimersPerWrite);
        }

        long target = TargetFor(weight);
        if (TWeights.Differ && !_policy.Admits(host, hash.Position, weight, Load - target))
        {
            SharedMemory.Increment(ref _refusedByAdmission);
            return WriteOutcome.Refused;
        }

        return TryEvictDownTo(target, weight) ? WriteOutcome.Kept : WriteOutcome.Changed;
    }

    /// <summary>
    /// Every slot that the key may take is in use: grows a table that is not yet full size, or evicts a neighbour.
    /// </summary>
    /// <remarks>Keys made to collide evict each other that way and nobody else; others hardly ever get here.</remarks>
    private bool TryClearNeighbourhood(KeyHash hash, bool sparesNeighbours)
    {
        if (CanGrow && _count >= CurrentTable.FullAt / 2)
        {
            return TryGrow();
        }

        return !sparesNeighbours
            && (TryEvictNeighbour(hash, sparesReferenced: true, sparesPinned: true)
                || TryEvictNeighbour(hash, sparesReferenced: false, sparesPinned: true)
                || (TWeights.Differ && TryEvictNeighbour(hash, sparesReferenced: false, sparesPinned: false)));
    }

    private bool TryEvictNeighbour(KeyHash hash, bool sparesReferenced, bool sparesPinned)
    {
        Table<TKey, TCell> table = CurrentTable;
        for (int number = 0; number < table.NeighbourhoodSize; number++)
        {
            int slot = table.Neighbour(hash, number);
            bool isSpared = (sparesPinned && IsPinned(slot)) || (sparesReferenced && table.Groups.IsReferenced(slot));
            if (!isSpared && TryEvict(slot))
            {
                if (!IsPinned(slot))
                {
                    _policy.Remove(slot);
                }

                return true;
            }
        }

        return false;
    }
}
