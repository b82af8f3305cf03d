using FastCache.Eviction;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy>
{
    /// <summary>Adds an entry for a key that a search has not found.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="cell">The value.</param>
    /// <param name="searchedAt">What <see cref="Insertions"/> was before that search, or <see cref="NotSearched"/>.</param>
    /// <param name="wait">Waits here, outside the turn, if something in the way is being updated.</param>
    /// <returns>False if the key must be searched again.</returns>
    private bool TryInsert(TKey key, KeyHash hash, TCell cell, long searchedAt, ref SpinWait wait)
    {
        // The turn is shorter if what it will touch is on its way before it begins.
        _policy.Prefetch(hash.Position);
        CurrentTable.PrefetchInsert(hash);
        using (_turn.Enter())
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(Cache<TKey, TValue>));
            Table<TKey, TCell> table = CurrentTable;

            // Nothing was added since a search that found nothing: still absent. Else only an equal hash is in doubt.
            if (searchedAt != _insertions && table.MayHold(hash))
            {
                return false;
            }

            if (TryMakeRoom(ref table, hash) && TryPlace(ref table, key, hash, cell, out int slot))
            {
                _policy.Add(slot, hash.Position);
                SharedMemory.WriteRelease(ref _insertions, _insertions + 1);
                SetCount(_count + 1);
                return true;
            }
        }

        SharedMemory.Wait(ref wait);
        return false;
    }

    private bool TryPlace(ref Table<TKey, TCell> table, TKey key, KeyHash hash, TCell cell, out int slot)
    {
        while (!table.TryInsert(key, hash, cell, TPolicy.InitialReferenced, out slot))
        {
            if (!TryClearNeighbourhood(ref table, hash))
            {
                return false;
            }
        }

        return true;
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
