using FastCache.Eviction;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy>
{
    private enum InsertOutcome
    {
        Inserted,

        /// <summary>The key is there already.</summary>
        Present,

        /// <summary>Something in the way is being updated by a thread that may not run: try again later.</summary>
        Postponed,
    }

    private InsertOutcome TryInsert(TKey key, KeyHash hash, TCell cell)
    {
        // The turn is shorter if what it will touch is on its way before it begins.
        _policy.Prefetch(hash.Position);
        CurrentTable.PrefetchInsert(hash);
        using (_turn.Enter())
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(Cache<TKey, TValue>));
            Table<TKey, TCell> table = CurrentTable;
            if (table.Find(new KeyProbe<TKey>(key, _comparer), hash, out _) >= 0)
            {
                return InsertOutcome.Present;
            }

            if (!TryMakeRoom(ref table, hash))
            {
                return InsertOutcome.Postponed;
            }

            int slot;
            while (!table.TryInsert(key, hash, cell, TPolicy.InitialReferenced, out slot))
            {
                if (!TryClearNeighbourhood(ref table, hash))
                {
                    return InsertOutcome.Postponed;
                }
            }

            _policy.Add(slot, hash.Position);
            SetCount(_count + 1);
            return InsertOutcome.Inserted;
        }
    }

    /// <inheritdoc/>
    public override bool TryEvict(int slot)
    {
        if (!CurrentTable.TryRemove(slot, out _))
        {
            return false;
        }

        SetCount(_count - 1);
        return true;
    }

    /// <summary>Grows the table if it is full, and evicts if the shard is: the count will not pass the capacity.</summary>
    private bool TryMakeRoom(ref Table<TKey, TCell> table, KeyHash hash)
    {
        if (_count >= table.FullAt && !table.Size.IsFinal && !TryGrow(ref table))
        {
            return false;
        }

        _policy.RecordMiss(hash.Position);
        while (_count >= _capacity)
        {
            var host = new EvictionHost(
                this, table.Groups, ref table.FirstEntry, Table<TKey, TCell>.EntrySize, table.PrefetchPays);
            if (!_policy.TryEvict(ref host))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryGrow(ref Table<TKey, TCell> table)
    {
        bool grown = TryResize(table.Size.Doubled());
        table = CurrentTable;
        return grown;
    }

    /// <summary>
    /// Every slot that the key may take is in use: grows a table that is not yet full size, or evicts a neighbour.
    /// </summary>
    /// <remarks>Keys made to collide evict each other that way and nobody else; others hardly ever get here.</remarks>
    private bool TryClearNeighbourhood(ref Table<TKey, TCell> table, KeyHash hash)
    {
        if (!table.Size.IsFinal && _count >= table.FullAt / 2)
        {
            return TryGrow(ref table);
        }

        return TryEvictNeighbour(table, hash, sparesReferenced: true)
            || TryEvictNeighbour(table, hash, sparesReferenced: false);
    }

    private bool TryEvictNeighbour(Table<TKey, TCell> table, KeyHash hash, bool sparesReferenced)
    {
        for (int number = 0; number < table.NeighbourhoodSize; number++)
        {
            int slot = table.Neighbour(hash, number);
            if (!(sparesReferenced && table.Groups.IsReferenced(slot)) && TryEvict(slot))
            {
                _policy.Remove(slot);
                return true;
            }
        }

        return false;
    }
}
