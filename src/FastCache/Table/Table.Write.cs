using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Table;

/// <summary>How an update in place ended.</summary>
internal enum UpdateOutcome
{
    /// <summary>The value was replaced.</summary>
    Updated,

    /// <summary>There was no entry of the key.</summary>
    Absent,

    /// <summary>The entry may be written only inside a turn.</summary>
    NeedsTurn,

    /// <summary>The entry is no longer the one that was looked at.</summary>
    Changed,
}

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>
    /// Replaces the cell of a key whose type has a built-in equality, in the likely case: a live entry that is the first
    /// candidate of the home group.
    /// </summary>
    /// <returns>
    /// <see cref="UpdateOutcome.Changed"/> where <see cref="TryUpdate(KeyProbe{TKey}, KeyHash, TCell)"/> must take a closer look.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UpdateOutcome TryUpdateFirst(TKey key, KeyHash hash, TCell cell)
    {
        ref Entry<TKey, TCell> first = ref HomeOf(hash, out TagGroup header);
        uint matches = header.Match(hash.Tags);
        if (matches == 0)
        {
            bool isAbsent = SharedMemory.ReadRelaxed(ref header.Overflow) == 0;
            GC.KeepAlive(this);
            return isAbsent ? UpdateOutcome.Absent : UpdateOutcome.Changed;
        }

        nint index = (nint)(uint)BitOperations.TrailingZeroCount(matches);
        ref Entry<TKey, TCell> entry = ref Unsafe.Add(ref first, index);
        uint version = SharedMemory.ReadAcquire(ref entry.Version);
        if (EntryVersion.State(version) != EntryVersion.Live
            || !HasKey(ref entry, version, key)
            || !TryReplace(ref entry, version, cell))
        {
            GC.KeepAlive(this);
            return UpdateOutcome.Changed;
        }

        header.Touch(index);
        GC.KeepAlive(this);
        return UpdateOutcome.Updated;
    }

    /// <summary>
    /// Replaces the cell of a present key without a turn. Waits only for another update of the same entry.
    /// </summary>
    public UpdateOutcome TryUpdate(KeyProbe<TKey> probe, KeyHash hash, TCell cell)
    {
        var wait = new SpinWait();
        while (true)
        {
            int slot = Find(probe, hash, out uint version);
            if (slot < 0)
            {
                return UpdateOutcome.Absent;
            }

            UpdateOutcome outcome = TryUpdate(slot, version, cell);
            if (outcome != UpdateOutcome.Changed)
            {
                return outcome;
            }

            if (EntryVersion.State(version) == EntryVersion.Updating)
            {
                SharedMemory.Wait(ref wait);
            }
        }
    }

    /// <summary>Replaces the cell of a slot if its entry still has the given version.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UpdateOutcome TryUpdate(int slot, uint version, TCell cell)
    {
        if (EntryVersion.State(version) == EntryVersion.Guarded)
        {
            return UpdateOutcome.NeedsTurn;
        }

        if (EntryVersion.State(version) != EntryVersion.Live || !TryReplace(ref At(slot), version, cell))
        {
            GC.KeepAlive(this);
            return UpdateOutcome.Changed;
        }

        Groups.Of(slot, out nint index).Touch(index);
        GC.KeepAlive(this);
        return UpdateOutcome.Updated;
    }

    /// <summary>Takes a live entry for the length of one store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReplace(ref Entry<TKey, TCell> entry, uint version, TCell cell)
    {
        if (!SharedMemory.CompareAndSwap(
            ref entry.Version, version, EntryVersion.WithState(version, EntryVersion.Updating)))
        {
            return false;
        }

        SharedMemory.StoreFence();
        Cell.Write(ref entry.Cell, cell);

        // Release: whoever sees the next version sees the cell that belongs to it.
        SharedMemory.WriteRelease(ref entry.Version, EntryVersion.Next(version, EntryVersion.Live));
        return true;
    }

    /// <summary>Adds an entry for a key that is absent. Inside a turn, which keeps the table alive.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="cell">The value.</param>
    /// <param name="referenced">The entry's referenced byte.</param>
    /// <param name="likelySlot">What <see cref="PrefetchInsert"/> found for the same hash, or -1.</param>
    /// <param name="slot">The entry's slot.</param>
    /// <returns>False if every group that a search for the key may visit is full.</returns>
    public bool TryInsert(TKey key, KeyHash hash, TCell cell, byte referenced, int likelySlot, out int slot)
    {
        slot = likelySlot;
        if ((likelySlot < 0 || IsOccupied(likelySlot)) && !TryReserve(hash.Position, out slot))
        {
            return false;
        }

        Publish(slot, key, cell, EntryVersion.Live, hash.Position, hash.Tag, referenced);
        return true;
    }

    /// <summary>Asks for the memory that <see cref="TryInsert"/> will probably write. Any thread.</summary>
    /// <returns>A slot of the home group that is empty at this moment, or -1.</returns>
    public int PrefetchInsert(KeyHash hash)
    {
        Place place = hash.PlaceAmong(_groupCount);
        int index = Groups[place.Home].NearestEmpty((int)place.PreferredIndex);
        if (index < 0)
        {
            GC.KeepAlive(this);
            return -1;
        }

        int slot = ((int)place.Home * TagGroup.Slots) + index;
        if (PrefetchPays)
        {
            PrefetchEntry(slot);
            Prefetch.Line(ref Positions[slot]);
        }

        GC.KeepAlive(this);
        return slot;
    }

    /// <summary>Finds the empty slot nearest to the preferred one and counts the groups passed on the way.</summary>
    private bool TryReserve(uint position, out int slot)
    {
        Place place = PlaceOf(position);
        int home = (int)place.Home;
        int preferred = (int)place.PreferredIndex;
        int group = home;
        for (int probes = _probeLimit; probes > 0; probes--)
        {
            int index = Groups[group].NearestEmpty(preferred);
            if (index >= 0)
            {
                CountOverflow(home, group, 1);
                slot = (group * TagGroup.Slots) + index;
                return true;
            }

            group = NextGroup(group);
        }

        slot = -1;
        return false;
    }

    private void Publish(int slot, TKey key, TCell cell, uint state, uint position, byte tag, byte referenced)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        TagGroup header = Groups.Of(slot, out nint index);

        // Before the tag: a late store by a reader of the slot's last entry costs one touch, nothing else.
        SharedMemory.WriteRelaxed(ref header.Referenced(index), referenced);
        Positions[slot] = position;
        entry.Key = key;
        Cell.Write(ref entry.Cell, cell);

        // Release, twice: the version publishes the fields, the tag publishes the version.
        SharedMemory.WriteRelease(ref entry.Version, EntryVersion.Next(entry.Version, state));
        SharedMemory.WriteRelease(ref header.Tag(index), tag);
    }

    /// <summary>Removes the entry of a slot, unless it is being updated in place. Inside a turn.</summary>
    /// <remarks>The cell is as the last update left it: read after the entry died.</remarks>
    public bool TryRemove(int slot, [MaybeNullWhen(false)] out TCell cell)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        while (true)
        {
            uint version = SharedMemory.ReadAcquire(ref entry.Version);
            if (EntryVersion.State(version) is EntryVersion.Dead or EntryVersion.Updating)
            {
                cell = default;
                return false;
            }

            if (TryRemove(slot, version, out cell))
            {
                return true;
            }
        }
    }

    /// <summary>Removes the entry of a slot if it still has the given version. Inside a turn.</summary>
    public bool TryRemove(int slot, uint version, [MaybeNullWhen(false)] out TCell cell)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        if (EntryVersion.State(version) is EntryVersion.Dead or EntryVersion.Updating
            || !SharedMemory.CompareAndSwap(ref entry.Version, version, EntryVersion.Next(version, EntryVersion.Dead)))
        {
            cell = default;
            return false;
        }

        // Dead, and in the owner's turn: nobody else writes these fields now.
        cell = entry.Cell;
        SharedMemory.StoreFence();
        TagGroup header = Groups.Of(slot, out nint index);
        SharedMemory.WriteRelease(ref header.Tag(index), 0);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TKey>())
        {
            entry.Key = default!;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<TCell>())
        {
            entry.Cell = default!;
        }

        CountOverflow((int)PlaceOf(Positions[slot]).Home, slot / TagGroup.Slots, -1);
        return true;
    }

    private void CountOverflow(int home, int group, int step)
    {
        while (home != group)
        {
            ref byte overflow = ref Groups[home].Overflow;
            SharedMemory.WriteRelease(ref overflow, (byte)(overflow + step));
            home = NextGroup(home);
        }
    }
}
