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
        Table<TKey, TCell> table = CurrentTable;
        int likelySlot = table.PrefetchInsert(hash);
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
                return false;
            }

            if (TryMakeRoom(hash) && TryPlace(key, hash, cell, table == CurrentTable ? likelySlot : -1, out int slot))
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

    private bool TryPlace(TKey key, KeyHash hash, TCell cell, int likelySlot, out int slot)
    {
        while (!CurrentTable.TryInsert(key, hash, cell, TPolicy.InitialReferenced, likelySlot, out slot))
        {
            if (!TryClearNeighbourhood(hash))
            {
                return false;
            }

            // It was a slot of a table that may have grown.
            likelySlot = -1;
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
    private bool TryMakeRoom(KeyHash hash)
    {
        if (_count >= CurrentTable.FullAt && !CurrentTable.Size.IsFinal && !TryGrow())
        {
            return false;
        }

        var host = new EvictionHost(this, CurrentTable);
        if (_count >= _capacity && host.PrefetchPays)
        {
            _policy.PrefetchVictims(host);
        }

        _policy.RecordMiss(hash.Position);
        while (_count >= _capacity)
        {
            if (!_policy.TryEvict(host))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryGrow() => TryResize(CurrentTable.Size.Doubled());

    /// <summary>
    /// Every slot that the key may take is in use: grows a table that is not yet full size, or evicts a neighbour.
    /// </summary>
    /// <remarks>Keys made to collide evict each other that way and nobody else; others hardly ever get here.</remarks>
    private bool TryClearNeighbourhood(KeyHash hash)
    {
        if (!CurrentTable.Size.IsFinal && _count >= CurrentTable.FullAt / 2)
        {
            return TryGrow();
        }

        return TryEvictNeighbour(hash, sparesReferenced: true) || TryEvictNeighbour(hash, sparesReferenced: false);
    }

    private bool TryEvictNeighbour(KeyHash hash, bool sparesReferenced)
    {
        Table<TKey, TCell> table = CurrentTable;
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
