using FastCache.Journaling;
using FastCache.Loading;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    private const int NoGuard = -1;

    // Inside turns only, but for its count.
    private FlightTable<TKey, TValue> _flights;
    private Flight<TKey, TValue>? _spareFlight;

    /// <inheritdoc/>
    public override int LoadsInProgress => _flights.Count;

    /// <inheritdoc/>
    public override int LoadWaiters
    {
        get
        {
            using (_turn.Enter())
            {
                return FlightsNow().Sum(static flight => flight.Waiters);
            }
        }
    }

    /// <inheritdoc/>
    public override bool MayComeBack
    {
        get
        {
            // Pairs with the fence after a load is registered: one that is not seen here starts its factory later.
            SharedMemory.FullFence();
            return _flights.Count > 0 || CurrentTable.Times is not null || _journal is not null;
        }
    }

    /// <inheritdoc/>
    public override bool TryOutdateAbsent(TKey key, KeyHash hash)
    {
        // Does not leave a stale entry to be found.
        var wait = new SpinWait();
        JournalRecord? record = _journal?.Describe(key);
        long searchedAt = Insertions;
        if (TryFind(new KeyProbe<TKey>(key, _comparer), hash, ref wait, out _)
            || !TryInvalidateLoadsOf(hash, searchedAt, record))
        {
            return false;
        }

        record?.Complete();
        return true;
    }

    /// <summary>
    /// Outside any turn: a key that is absent was written or removed all the same, so a load of it that is under way is out of date.
    /// </summary>
    /// <param name="hash">The hash of the key.</param>
    /// <param name="searchedAt">What <see cref="Insertions"/> was before the search that has not found the key.</param>
    /// <param name="record">What the journal is told: an older value of the key may have been written down.</param>
    /// <returns>
    /// False if a load may have added the key since, and ended: then it is to be searched again, and removed.
    /// </returns>
    private bool TryInvalidateLoadsOf(KeyHash hash, long searchedAt, JournalRecord? record)
    {
        // Pairs with the fence after a load is registered: either its factory begins after what the caller did before, or it is seen
        // here. The count is read first: of a load that has ended, the insertion is seen.
        SharedMemory.FullFence();
        if (record is null && _flights.Count == 0 && searchedAt == Insertions)
        {
            return true;
        }

        using (_turn.Enter())
        {
            InvalidateLoads(hash.Position);
            bool isAbsent = searchedAt == _insertions || !CurrentTable.MayHold(hash);
            if (isAbsent)
            {
                record?.Remove();
            }

            return isAbsent;
        }
    }

    /// <summary>Outside any turn: makes an entry writable that may be written only inside one.</summary>
    /// <remarks>
    /// Either growth holds it, and then it belongs to an old table when the turn comes; or a load, which what is about to be written makes
    /// out of date.
    /// </remarks>
    private void ReleaseGuard(EntryStamp stamp)
    {
        Table<TKey, TCell> table = TableOf(stamp);
        using (_turn.Enter())
        {
            if (table == CurrentTable && table.IsUnchanged(stamp.Slot, stamp.Version))
            {
                InvalidateLoads(table.Positions[stamp.Slot]);
            }
        }
    }

    /// <summary>Inside a turn: what is being loaded for keys of this hash will not be kept.</summary>
    private void InvalidateLoads(uint position)
    {
        for (Flight<TKey, TValue>? flight = _flights.First(position);
            flight is not null;
            flight = FlightTable<TKey, TValue>.After(flight))
        {
            Invalidate(flight);
        }
    }

    /// <summary>Inside a turn: nothing that is being loaded will be kept.</summary>
    private void InvalidateAllLoads()
    {
        foreach (Flight<TKey, TValue> flight in FlightsNow())
        {
            Invalidate(flight);
        }
    }

    private void Invalidate(Flight<TKey, TValue> flight)
    {
        flight.IsInvalidated = true;
        DropGuard(flight);
    }

    private void DropGuard(Flight<TKey, TValue> flight)
    {
        if (flight.Slot != NoGuard)
        {
            CurrentTable.Unguard(flight.Slot);
            flight.Slot = NoGuard;
        }
    }

    /// <summary>Inside a turn: an entry is gone, and with it the guard that a load has put on it.</summary>
    private void ForgetGuard(int slot)
    {
        if (GuardOf(slot) is { } flight)
        {
            flight.Slot = NoGuard;
        }
    }

    /// <summary>Inside a turn: the load that guards the entry of a slot.</summary>
    private Flight<TKey, TValue>? GuardOf(int slot)
    {
        Flight<TKey, TValue>? flight = _flights.First(CurrentTable.Positions[slot]);
        while (flight is not null && flight.Slot != slot)
        {
            flight = FlightTable<TKey, TValue>.After(flight);
        }

        return flight;
    }

    /// <summary>Inside the turn of a growth: the guards of loads go over to the copies of their entries.</summary>
    private void MoveGuards(ReadOnlySpan<int> newSlots, Table<TKey, TCell> target)
    {
        foreach (Flight<TKey, TValue> flight in FlightsNow())
        {
            if (flight.Slot != NoGuard)
            {
                flight.Slot = newSlots[flight.Slot];
                if (flight.Slot != NoGuard)
                {
                    target.TryGuard(flight.Slot, target.VersionOf(flight.Slot));
                }
            }
        }
    }

    /// <summary>Inside a turn: a load is over. If nobody has joined it, it is the shard's again.</summary>
    /// <returns>Whether somebody has joined it, and waits for what the caller says.</returns>
    private bool Unlist(Flight<TKey, TValue> flight)
    {
        DropGuard(flight);
        _flights.Remove(flight);
        if (flight.WasJoined)
        {
            return true;
        }

        // One is kept at hand: a load in a loop then costs no atomic operation of the pool.
        if (!flight.TryReset())
        {
            return false;
        }

        if (_spareFlight is null)
        {
            _spareFlight = flight;
        }
        else
        {
            _setup.Flights.Return(flight);
        }

        return false;
    }

    private Flight<TKey, TValue> TakeFlight()
    {
        Flight<TKey, TValue> flight = _spareFlight ?? _setup.Flights.Get();
        _spareFlight = null;
        return flight;
    }

    private List<Flight<TKey, TValue>> FlightsNow()
    {
        var flights = new List<Flight<TKey, TValue>>();
        _flights.CopyTo(flights);
        return flights;
    }
}
