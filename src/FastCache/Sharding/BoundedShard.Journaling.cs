using FastCache.Eviction;
using FastCache.Journaling;
using FastCache.Table;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    // Slots that one turn looks at.
    private const int SlotsPerTurn = 1 << 14;

    // Entries that one turn moves.
    private const int MovesPerTurn = 256;

    // By slot: where the journal has the entry. Inside turns only; null without a journal.
    private ulong[]? _positions;

    /// <inheritdoc/>
    public override RestoreOutcome TryRestore(
        TKey key, KeyHash hash, TValue value, in Lifetime lifetime, in JournaledEntry journaled)
    {
        int weight = Weigh(key, value);
        TCell cell = Cell.Store<TValue, TCell>(value);
        uint attentionTick = _clock.AttentionTickOf(lifetime);
        EnsureClockRuns(lifetime);
        int likelySlot = Announce(hash, lifetime, out Table<TKey, TCell> table);
        using (_turn.Enter())
        {
            if (_isClosed)
            {
                return RestoreOutcome.Closed;
            }

            // Only the same key's own turn, which is this one, writes it down or begins to load it.
            if (!_journal!.MayRestore(key, journaled.KeyDigest) || _flights.First(hash.Position) is not null || CurrentTable.MayHold(hash))
            {
                return RestoreOutcome.Outdated;
            }

            if (weight > MaxEntryWeight || Load + weight > _limit)
            {
                return RestoreOutcome.NoRoom;
            }

            WriteOutcome outcome = TryAddInTurn(
                key,
                hash,
                cell,
                weight,
                lifetime,
                attentionTick,
                table == CurrentTable ? likelySlot : -1,
                journaled.Record,
                sparesNeighbours: true);
            if (outcome != WriteOutcome.Kept)
            {
                return RestoreOutcome.NoRoom;
            }

            _policy.Recall(hash.Position, journaled.Standing.Frequency);
            return RestoreOutcome.Restored;
        }
    }

    /// <inheritdoc/>
    public override void CollectPositions(ulong first, ulong last, List<ulong> positions)
    {
        // What has been found in a table that is given up meanwhile is found again in the next one.
        object? table = null;
        for (int slot = 0; ; slot += SlotsPerTurn)
        {
            using (_turn.Enter())
            {
                if (table != CurrentTable)
                {
                    (table, slot) = (CurrentTable, 0);
                }

                if (slot >= CurrentTable.SlotCount)
                {
                    return;
                }

                CollectPositions(slot, Math.Min(slot + SlotsPerTurn, CurrentTable.SlotCount), first, last, positions);
            }
        }
    }

    /// <inheritdoc/>
    public override bool TryWriteDownAgain(TKey key, KeyHash hash, ulong position, JournalRecord record)
    {
        var probe = new KeyProbe<TKey>(key, _comparer);
        var wait = new SpinWait();
        while (TryFindFresh(probe, hash, ref wait, out EntryStamp stamp))
        {
            if (TryReadLifetime(stamp, ref wait, out Lifetime lifetime))
            {
                // The exact time: what is written down would otherwise live longer with every copy.
                record.SetLifetime(lifetime, lifetime.IsForever ? 0 : _clock.Now());
                if (TryWriteDownAgain(stamp, position, record) is { } isDone)
                {
                    return isDone;
                }
            }

            SharedMemory.Wait(ref wait);
        }

        return false;
    }

    /// <inheritdoc/>
    public override void CollectStandings(List<RankedKey<TKey>> keys)
    {
        Table<TKey, TCell> table;
        SlotStanding[] standings;
        using (_turn.Enter())
        {
            table = CurrentTable;
            standings = _policy.Standings();
        }

        long now = _clock.Now();
        int[] frequencies = new int[Math.Min(SlotsPerTurn, standings.Length)];
        for (int begin = 0; begin < standings.Length; begin += SlotsPerTurn)
        {
            int count = Math.Min(SlotsPerTurn, standings.Length - begin);
            CountUses(table, begin, frequencies.AsSpan(0, count));
            for (int slot = begin; slot < begin + count; slot++)
            {
                if (table.TryCopy(slot, out TKey? key, out _, out Lifetime lifetime) && !lifetime.IsExpiredAt(now))
                {
                    SlotStanding place = standings[slot];
                    var standing = new EntryStanding(place.Queue, table.Groups.IsReferenced(slot), frequencies[slot - begin]);
                    keys.Add(new RankedKey<TKey>(key, standing, place.Ahead / (double)(place.Ahead + place.Behind + 1)));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override double? WindowShare
    {
        get
        {
            using (_turn.Enter())
            {
                return _policy.WindowShare;
            }
        }
    }

    /// <inheritdoc/>
    public override void SetWindowShare(double share)
    {
        using (_turn.Enter())
        {
            _policy.SetWindowShare(share);
        }
    }

    /// <inheritdoc/>
    public override void Rearrange(IRestoredOrder order)
    {
        // What has come since is newer than all that was restored: so is what comes while that is moved.
        while (!TryRearrange(order, isRestored: true) || !TryRearrange(order, isRestored: false))
        {
            // The table was replaced, and the slots have other numbers. What was moved so far is the coldest, and stands first.
        }
    }

    /// <summary>Inside a turn: writes the entry of a slot down, and remembers where.</summary>
    private void WriteDown(JournalRecord? record, int slot)
    {
        if (record is not null)
        {
            _positions![slot] = record.Put(_generation);
        }
    }

    private ulong[]? RenumberedPositions(ReadOnlySpan<int> newSlots, int slotCount)
    {
        if (_positions is null)
        {
            return null;
        }

        ulong[] positions = new ulong[slotCount];
        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            if (newSlots[slot] >= 0)
            {
                positions[newSlots[slot]] = _positions[slot];
            }
        }

        return positions;
    }

    private void CollectPositions(int begin, int end, ulong first, ulong last, List<ulong> positions)
    {
        Table<TKey, TCell> table = CurrentTable;
        for (int slot = begin; slot < end; slot++)
        {
            ulong position = _positions![slot];
            if (position >= first && position <= last && table.IsOccupied(slot))
            {
                positions.Add(position);
            }
        }
    }

    /// <summary>Null if the entry has changed, and has to be looked at again.</summary>
    private bool? TryWriteDownAgain(EntryStamp stamp, ulong position, JournalRecord record)
    {
        using (_turn.Enter())
        {
            Table<TKey, TCell> table = TableOf(stamp);
            if (table != CurrentTable || !table.IsUnchanged(stamp.Slot, stamp.Version))
            {
                return null;
            }

            if (_positions![stamp.Slot] != position)
            {
                return false;
            }

            WriteDown(record, stamp.Slot);
            return true;
        }
    }

    /// <summary>How often the entries of some slots were asked for; what it was if the table has been given up.</summary>
    private void CountUses(Table<TKey, TCell> table, int begin, Span<int> frequencies)
    {
        using (_turn.Enter())
        {
            for (int index = 0; index < frequencies.Length && table == CurrentTable; index++)
            {
                frequencies[index] = _policy.FrequencyOf(table.Positions[begin + index]) ?? 0;
            }
        }
    }

    private (ulong[] Positions, int[] Slots) CollectSlots(out Table<TKey, TCell> table)
    {
        using (_turn.Enter())
        {
            table = CurrentTable;
            ulong[] positions = new ulong[_policy.Count];
            int[] slots = new int[positions.Length];
            int count = 0;
            for (int slot = 0; slot < table.SlotCount; slot++)
            {
                if (table.IsOccupied(slot) && !IsPinned(slot))
                {
                    (positions[count], slots[count]) = (_positions![slot], slot);
                    count++;
                }
            }

            return (positions, slots);
        }
    }

    /// <summary>Moves what was restored, or else what has come since in the order of its records. False if the table was replaced.</summary>
    private bool TryRearrange(IRestoredOrder order, bool isRestored)
    {
        (ulong[] positions, int[] slots) = CollectSlots(out Table<TKey, TCell> table);

        // In the order of the journal, in which ranks are found faster than at random, and newcomers stand.
        Array.Sort(positions, slots);
        List<RankedSlot> ranked = [];
        for (int index = 0; index < slots.Length; index++)
        {
            bool isKnown = order.TryGetRank(positions[index], out int rank, out EntryStanding standing);
            if (isKnown == isRestored)
            {
                ranked.Add(new RankedSlot(slots[index], positions[index], isKnown ? rank : -1, standing));
            }
        }

        if (isRestored)
        {
            ranked.Sort(static (one, other) => other.Rank.CompareTo(one.Rank));
        }

        for (int begin = 0; begin < ranked.Count; begin += MovesPerTurn)
        {
            using (_turn.Enter())
            {
                if (table != CurrentTable)
                {
                    return false;
                }

                int end = Math.Min(begin + MovesPerTurn, ranked.Count);
                for (int index = begin; index < end; index++)
                {
                    Rearrange(table, ranked[index]);
                }
            }
        }

        return true;
    }

    private void Rearrange(Table<TKey, TCell> table, in RankedSlot ranked)
    {
        int slot = ranked.Slot;
        if (!table.IsOccupied(slot) || IsPinned(slot) || _positions![slot] != ranked.Position)
        {
            return;
        }

        _policy.MoveToHead(slot, ranked.Rank < 0 ? SlotQueue.None : ranked.Standing.Queue);
        if (ranked.Rank < 0)
        {
            return;
        }

        // A sketch that has grown since the entry came back has forgotten some of it.
        _policy.Recall(table.Positions[slot], ranked.Standing.Frequency);
        if (ranked.Standing.IsReferenced)
        {
            table.Touch(slot);
        }
    }

    /// <param name="Slot">The slot.</param>
    /// <param name="Position">What it must still be of.</param>
    /// <param name="Rank">0 for the hottest; -1 for what has come since.</param>
    /// <param name="Standing">Where it stood.</param>
    private readonly record struct RankedSlot(int Slot, ulong Position, int Rank, EntryStanding Standing);
}
