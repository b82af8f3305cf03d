using FastCache.Journaling;
using FastCache.Loading;
using FastCache.Table;
using FastCache.Tagging;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    // Slots that one piece of maintenance looks at.
    private const int SlotsPerSweep = 2048;

    // Before all times: what goes at it goes because of its tags.
    private const long NoMoment = 0;

    // Exchanged by whoever has invalidated a tag, and by the maintenance that begins to look for what has it.
    private int _isSweepAsked;

    // Inside turns only: where that stands.
    private Table<TKey, TCell>? _sweptTable;
    private int _nextSweptSlot;

    /// <inheritdoc/>
    public override void Sweep()
    {
        if (CurrentTable.Times is not null)
        {
            SharedMemory.Exchange(ref _isSweepAsked, 1);
            _setup.Actor.Post(_index);
        }
    }

    /// <inheritdoc/>
    public override int RemoveWhere(Func<TKey, bool> predicate)
    {
        // First: what has landed before is found among the entries, and what begins later loads from what there is then.
        OutdateLoads(predicate);
        int removed = 0;
        int slot = 0;
        Table<TKey, TCell> table = CurrentTable;
        while (slot < table.SlotCount)
        {
            removed += RemoveAt(table, slot++, predicate) ? 1 : 0;
            if (table != CurrentTable)
            {
                // Entries have moved, to slots before this one too.
                (table, slot) = (CurrentTable, 0);
            }
        }

        return removed;
    }

    /// <summary>
    /// Outside any turn: removes the entry of a slot if its key is chosen, and is still that of the entry then. Leaves it to the caller to wait
    /// for the journal.
    /// </summary>
    private bool RemoveAt(Table<TKey, TCell> table, int slot, Func<TKey, bool> predicate)
    {
        var wait = new SpinWait();
        while (table == CurrentTable)
        {
            uint version = table.VersionOf(slot);
            if (!table.TryCopy(slot, out TKey? key, out _, out Lifetime lifetime))
            {
                return false;
            }

            if (table.IsUnchanged(slot, version))
            {
                if (!predicate(key))
                {
                    return false;
                }

                long now = lifetime.IsForever ? NoMoment : _clock.Now();
                if (lifetime.IsExpiredAt(now))
                {
                    // Absent already, but a stale value must not come back.
                    Reclaim(table, slot, now, evenIfStale: true);
                }
                else if (TryRemoveUnawaited(new EntryStamp(table, slot, version), key))
                {
                    return true;
                }
            }

            SharedMemory.Wait(ref wait);
        }

        return false;
    }

    private bool TryRemoveUnawaited(EntryStamp stamp, TKey key)
    {
        JournalRecord? record = _journal?.Describe(key);
        if (!TryRemove(stamp, RemovalCause.Explicit, record, out _))
        {
            return false;
        }

        record?.CompleteUnawaited();
        return true;
    }

    /// <summary>Outside any turn: what is being loaded for chosen keys will not be kept.</summary>
    private void OutdateLoads(Func<TKey, bool> predicate)
    {
        List<Flight<TKey, TValue>> flights;
        using (_turn.Enter())
        {
            flights = FlightsNow();
            flights.ForEach(static flight => flight.HoldToJoin());
        }

        try
        {
            foreach (Flight<TKey, TValue> flight in flights)
            {
                if (predicate(flight.Key))
                {
                    using (_turn.Enter())
                    {
                        if (flight.IsListed)
                        {
                            Invalidate(flight);
                        }
                    }
                }
            }
        }
        finally
        {
            flights.ForEach(static flight => flight.Release());
        }
    }

    /// <summary>Outside any turn: the tags of a value.</summary>
    /// <param name="options">How it is to be kept.</param>
    /// <param name="generation">How many invalidations there had been when its load began; null if it is written.</param>
    private TagSet? TagsOf(in EntryOptions options, long? generation = null)
        => options.TagArray is { } tags ? _setup.Tags.SetOf(tags, generation) : null;

    /// <summary>Inside a turn: reclaims a bit of what tags have invalidated. False if there is more to look at.</summary>
    private bool SweepTags()
    {
        if (_sweptTable is null && SharedMemory.Exchange(ref _isSweepAsked, 0) == 0)
        {
            return true;
        }

        Table<TKey, TCell> table = CurrentTable;
        if (_sweptTable != table)
        {
            (_sweptTable, _nextSweptSlot) = (table, 0);
        }

        int end = Math.Min(_nextSweptSlot + SlotsPerSweep, table.SlotCount);
        for (; _nextSweptSlot < end; _nextSweptSlot++)
        {
            // One that is being written at this moment is passed over; nobody reads it, and who meets it reclaims it.
            if (table.IsOccupied(_nextSweptSlot) && table.IsInvalidated(_nextSweptSlot))
            {
                TryExpire(_nextSweptSlot, NoMoment);
            }
        }

        if (_nextSweptSlot < table.SlotCount)
        {
            return false;
        }

        // Another tag may have been invalidated behind this sweep.
        _sweptTable = null;
        return SharedMemory.ReadAcquire(ref _isSweepAsked) == 0;
    }
}
