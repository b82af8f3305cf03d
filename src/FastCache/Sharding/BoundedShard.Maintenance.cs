using System.Diagnostics;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy>
{
    // A table is made smaller when it is this many times too large, and then to the size that fits twice the entries.
    private const int ShrinkFactor = 8;

    private bool NeedsMaintenance => _policy.NeedsCompaction || IsOversized;

    private bool IsOversized
        => _count < CurrentTable.FullAt / ShrinkFactor && CurrentTable.Size.Groups > _initialSize.Groups;

    /// <inheritdoc/>
    public override void Clear()
    {
        var wait = new SpinWait();
        while (!TryClear())
        {
            SharedMemory.Wait(ref wait);
        }

        _actor.Post(_index);
    }

    /// <inheritdoc/>
    public override void Close()
    {
        using (_turn.Enter())
        {
            // Updates in place that are under way end in the old table, which nobody reads any more.
            _isClosed = true;
            var table = new Table<TKey, TCell>(TableSize.For(1, 1), _tables.Length);
            Span<int> gone = new int[CurrentTable.SlotCount];
            gone.Fill(-1);
            _policy.Renumber(gone, table.SlotCount, table.Positions);
            SetCount(0);
            CurrentTable = table;
        }
    }

    /// <inheritdoc/>
    public override void Maintain()
    {
        using (_turn.Enter())
        {
            if (_policy.NeedsCompaction)
            {
                _policy.Compact();
            }

            if (!_isClosed && IsOversized)
            {
                // One that fails because of an update in progress is asked for again by the next removal.
                TryResize(TableSize.For(_capacity, Math.Max(2 * _count, _initialSize.FullAt)));
            }
        }
    }

    /// <inheritdoc/>
    public override void AssertConsistent()
    {
        using (_turn.Enter())
        {
            CurrentTable.AssertConsistent();
            _policy.AssertConsistent(CurrentTable.IsOccupied);
            if (_count != _policy.Count || _count > _capacity)
            {
                throw new UnreachableException($"count {_count}, policy {_policy.Count}, capacity {_capacity}");
            }
        }
    }

    /// <summary>Removes all but what is being updated at this moment; false if there was such an entry.</summary>
    private bool TryClear()
    {
        bool isEmpty = true;
        using (_turn.Enter())
        {
            Table<TKey, TCell> table = CurrentTable;
            for (int slot = 0; slot < table.SlotCount; slot++)
            {
                if (!table.IsOccupied(slot))
                {
                    continue;
                }

                if (table.TryRemove(slot, out _))
                {
                    _policy.Remove(slot);
                    SetCount(_count - 1);
                }
                else
                {
                    isEmpty = false;
                }
            }
        }

        return isEmpty;
    }

    /// <summary>Puts a table of another size in this one's place; false if an update in progress forbids it now.</summary>
    private bool TryResize(TableSize size)
    {
        Table<TKey, TCell> table = CurrentTable;
        var target = new Table<TKey, TCell>(size, _tables.Length);
        int[] newSlots = new int[table.SlotCount];
        if (!table.TryCopyTo(target, newSlots))
        {
            return false;
        }

        try
        {
            // The target's positions are the policy's hashes. An entry that found no place there is forgotten by both.
            _policy.Renumber(newSlots, target.SlotCount, target.Positions);
        }
        catch (OutOfMemoryException)
        {
            table.Unguard();
            throw;
        }

        SetCount(_policy.Count);

        CurrentTable = target;
        return true;
    }
}
