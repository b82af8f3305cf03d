using FastCache.Eviction;
using FastCache.Journaling;
using FastCache.Table;
using FastCache.Timing;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    /// <inheritdoc/>
    public override RestoreOutcome TryRestore(TKey key, KeyHash hash, TValue value, in Lifetime lifetime, ulong keyDigest)
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
            if (!_journal!.MayRestore(keyDigest) || _flights.First(hash.Position) is not null || CurrentTable.MayHold(hash))
            {
                return RestoreOutcome.Outdated;
            }

            if (weight > MaxEntryWeight || Load + weight > _limit)
            {
                return RestoreOutcome.NoRoom;
            }

            WriteOutcome outcome = TryAddInTurn(
                key, hash, cell, weight, lifetime, attentionTick, table == CurrentTable ? likelySlot : -1, sparesNeighbours: true);
            return outcome == WriteOutcome.Kept ? RestoreOutcome.Restored : RestoreOutcome.NoRoom;
        }
    }
}
