using FastCache.Expiration;
using FastCache.Table;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    // A table is made smaller when it is this many times too large, and then to the size that fits twice the entries.
    private const int ShrinkFactor = 8;

    private bool CanGrow => CurrentTable.FullAt < MaxEntries;

    private bool IsOversized
        => _count < CurrentTable.FullAt / ShrinkFactor && CurrentTable.Size.Groups > _initialSize.Groups;

    private bool TryGrow() => TryResize(TableSize.For(MaxEntries, (int)Math.Min(2L * CurrentTable.FullAt, MaxEntries)));

    private void Shrink()
    {
        // After the limit was changed the sizes that a table may have are others, and the smallest may be the one it has.
        var size = TableSize.For(MaxEntries, Math.Max(2 * _count, _initialSize.FullAt));
        if (size.Groups < CurrentTable.Size.Groups)
        {
            TryResize(size);
        }
    }

    /// <summary>Puts a table of another size in this one's place; false if an update in progress forbids it now.</summary>
    private bool TryResize(TableSize size)
    {
        Table<TKey, TCell> table = CurrentTable;
        Table<TKey, TCell> target = CreateTable(size);
        int[] newSlots = new int[table.SlotCount];
        Predicate<int> isGuarded = slot => GuardOf(slot) is not null;
        if (!table.TryCopyTo(target, newSlots, isGuarded))
        {
            return false;
        }

        try
        {
            Renumber(newSlots, target);
        }
        catch (OutOfMemoryException)
        {
            table.Unguard(isGuarded);
            throw;
        }

        CurrentTable = target;
        NotifyLost(table, newSlots, RemovalCause.Capacity);
        return true;
    }

    /// <summary>Gives policy, weights and timers the slots of another table; nothing has changed if memory runs out.</summary>
    private void Renumber(ReadOnlySpan<int> newSlots, Table<TKey, TCell> target)
    {
        (int lost, long lostWeight) = FindLost(newSlots);
        TimerWheel? wheel = _wheel?.Renumbered(newSlots, target.SlotCount);
        ulong[]? positions = RenumberedPositions(newSlots, target.SlotCount);
        int[]? weights = _weights.Renumber(newSlots, target.SlotCount);
        try
        {
            // The target's positions are the policy's hashes.
            _policy.Renumber(newSlots, RoomIn(target), target.SlotCount, target.Positions);
        }
        catch (OutOfMemoryException)
        {
            _weights.Restore(weights, newSlots.Length);
            throw;
        }

        _wheel = wheel;
        _positions = positions;
        MoveGuards(newSlots, target);
        SetWeight(_weight - lostWeight);
        SetCount(_count - lost);
    }

    /// <summary>The entries that have found no place in the other table, and what they weigh.</summary>
    private (int Lost, long Weight) FindLost(ReadOnlySpan<int> newSlots)
    {
        int lost = 0;
        long weight = 0;
        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            if (newSlots[slot] < 0 && CurrentTable.IsOccupied(slot))
            {
                lost++;
                weight += TWeights.Differ ? _weights.Of(slot) : 0;
            }
        }

        return (lost, weight);
    }
}
