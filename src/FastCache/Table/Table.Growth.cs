using FastCache.Threading;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>Copies every entry into an empty table of another size. Inside a turn; O(slots).</summary>
    /// <param name="target">The table that takes this one's place; nobody sees it yet.</param>
    /// <param name="newSlots">For each slot of this table the slot in the other, or -1 where there is no entry.</param>
    /// <param name="isGuarded">Whether the entry of a slot was guarded before, and so stays it if nothing is changed.</param>
    /// <returns>
    /// False, with nothing changed, if an entry is being updated in place: its thread may not run for long, so the caller
    /// gives the turn back before it tries again.
    /// </returns>
    /// <remarks>
    /// Each entry is guarded before it is copied, so that no update can reach the old copy any more. Readers accept
    /// guarded entries: one that still holds the old table began before the new one was published.
    /// </remarks>
    public bool TryCopyTo(Table<TKey, TCell> target, Span<int> newSlots, Predicate<int> isGuarded)
    {
        target.Times = Times?.ForSlots(target.SlotCount);
        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            if (IsOccupied(slot) && !TryGuard(slot))
            {
                Unguard(slot, isGuarded);
                return false;
            }
        }

        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            newSlots[slot] = IsOccupied(slot) ? CopyTo(target, slot) : -1;
        }

        return true;
    }

    /// <summary>From now on the entry of a slot is written only inside turns, if it is live and has this version. Inside a turn.</summary>
    public bool TryGuard(int slot, uint version)
        => EntryVersion.State(version) == EntryVersion.Live
            && SharedMemory.CompareAndSwap(
                ref At(slot).Version, version, EntryVersion.WithState(version, EntryVersion.Guarded));

    /// <summary>Whether the entry of a slot is written only inside turns. Inside a turn.</summary>
    public bool IsGuarded(int slot) => EntryVersion.State(VersionOf(slot)) == EntryVersion.Guarded;

    /// <summary>Takes back a guard. Inside a turn.</summary>
    public void Unguard(int slot)
    {
        // Only the holder of the turn writes a guarded version.
        ref uint version = ref At(slot).Version;
        if (EntryVersion.State(version) == EntryVersion.Guarded)
        {
            SharedMemory.WriteRelease(ref version, EntryVersion.WithState(version, EntryVersion.Live));
        }
    }

    /// <summary>
    /// Whether an entry that could not be written has not changed for all that: the table grows, has grown, or gave it up; or a
    /// load guards it.
    /// </summary>
    public bool IsHeld(int slot, uint version)
    {
        uint seen = SharedMemory.ReadAcquire(ref At(slot).Version);
        GC.KeepAlive(this);
        return seen == version || EntryVersion.State(seen) == EntryVersion.Guarded;
    }

    /// <summary>Takes back what <see cref="TryCopyTo"/> did to this table. Inside the same turn.</summary>
    public void Unguard(Predicate<int> isGuarded) => Unguard(SlotCount, isGuarded);

    private bool TryGuard(int slot)
    {
        while (true)
        {
            uint version = SharedMemory.ReadAcquire(ref At(slot).Version);
            if (EntryVersion.State(version) != EntryVersion.Live)
            {
                return EntryVersion.State(version) == EntryVersion.Guarded;
            }

            if (TryGuard(slot, version))
            {
                return true;
            }
        }
    }

    private void Unguard(int end, Predicate<int> isGuarded)
    {
        for (int slot = 0; slot < end; slot++)
        {
            if (!isGuarded(slot))
            {
                Unguard(slot);
            }
        }
    }

    private int CopyTo(Table<TKey, TCell> target, int slot)
    {
        uint position = Positions[slot];
        if (!target.TryReserve(position, out int newSlot))
        {
            return -1;
        }

        ref Entry<TKey, TCell> entry = ref At(slot);
        TagGroup header = Groups.Of(slot, out nint index);
        target.Publish(
            newSlot,
            entry.Key,
            entry.Cell,
            LifetimeOf(slot),
            entry.AttentionTick,
            position,
            header.Tag(index),
            header.Referenced(index));
        return newSlot;
    }
}
