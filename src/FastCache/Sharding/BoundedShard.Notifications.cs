using FastCache.Notifications;
using FastCache.Table;

namespace FastCache.Sharding;

internal sealed partial class BoundedShard<TKey, TValue, TCell, TPolicy, TWeights>
{
    // Null if nobody wants to know what leaves the cache. If it is there, values change inside turns only.
    private readonly NotificationActor<TKey, TValue>? _notifications;

    /// <summary>Inside a turn: the key of an entry that may go, if anybody wants to know.</summary>
    private TKey? KeyToNotify(int slot) => _notifications is null ? default : CurrentTable.KeyAt(slot);

    /// <summary>Inside a turn, which then leaves the shard as it is: says that a value has gone.</summary>
    /// <param name="key">What <see cref="KeyToNotify"/> said before.</param>
    /// <param name="cell">The value, as it was when it went.</param>
    /// <param name="cause">Why it went.</param>
    private void Notify(TKey? key, TCell cell, RemovalCause cause)
        => _notifications?.Post(key!, Cell.Load<TValue, TCell>(cell), cause);

    /// <summary>Inside a turn: says what has found no place in the table that was put in this one's place.</summary>
    private void NotifyLost(Table<TKey, TCell> table, ReadOnlySpan<int> newSlots, RemovalCause cause)
    {
        if (_notifications is null)
        {
            return;
        }

        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            if (newSlots[slot] < 0 && table.IsOccupied(slot))
            {
                Notify(table.KeyAt(slot), table.CellAt(slot), cause);
            }
        }
    }

    /// <summary>Inside a turn: notes that a value is in the cache.</summary>
    private void Hold(TCell cell) => _notifications?.Hold(Cell.Load<TValue, TCell>(cell));

    /// <summary>Outside any turn: what became of a value that a write has brought.</summary>
    private WriteOutcome DiscardIfRefused(TValue value, WriteOutcome outcome)
    {
        if (outcome == WriteOutcome.Refused)
        {
            _notifications?.Discard(value);
        }

        return outcome;
    }
}
