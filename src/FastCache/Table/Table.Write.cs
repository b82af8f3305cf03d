using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>Adds an entry for a key that is absent. Inside a turn, which keeps the table alive.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="cell">The value.</param>
    /// <param name="lifetime">Until when it may be served; there is room for it.</param>
    /// <param name="attentionTick">The earliest moment at which a read must leave the fast path.</param>
    /// <param name="referenced">The entry's referenced byte.</param>
    /// <param name="likelySlot">What <see cref="PrefetchInsert"/> found for the same hash, or -1.</param>
    /// <param name="slot">The entry's slot.</param>
    /// <returns>False if every group that a search for the key may visit is full.</returns>
    public bool TryInsert(
        TKey key,
        KeyHash hash,
        TCell cell,
        in Lifetime lifetime,
        uint attentionTick,
        byte referenced,
        int likelySlot,
        out int slot)
    {
        slot = likelySlot;
        if ((likelySlot < 0 || IsOccupied(likelySlot)) && !TryReserve(hash.Position, out slot))
        {
            return false;
        }

        Publish(slot, key, cell, lifetime, attentionTick, hash.Position, hash.Tag, referenced);
        return true;
    }

    /// <summary>Asks for the memory that <see cref="TryInsert"/> will probably write. Any thread.</summary>
    /// <returns>A slot of the home group that is empty at this moment, or -1.</returns>
    public int PrefetchInsert(KeyHash hash)
    {
        Place place = hash.PlaceAmong(GroupCount);
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

    private void Publish(
        int slot, TKey key, TCell cell, in Lifetime lifetime, uint attentionTick, uint position, byte tag, byte referenced)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        TagGroup header = Groups.Of(slot, out nint index);

        // Before the tag: a late store by a reader of the slot's last entry costs one touch, nothing else.
        SharedMemory.WriteRelaxed(ref header.Referenced(index), referenced);
        Positions[slot] = position;
        SharedMemory.WriteData(ref entry.Key, key);
        Cell.Write(ref entry.Cell, cell);
        Times?.Write(slot, lifetime);

        // Release, twice: the version publishes tag and fields, and is the one moment from which every search finds the entry. With the
        // tag last, one that came by the tag of the slot's last entry would find it earlier than others.
        SharedMemory.WriteRelease(ref header.Tag(index), tag);
        Release(ref entry, EntryVersion.Next(entry.Version, EntryVersion.Live), attentionTick);
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

        cell = ClearDead(slot, ref entry);
        return true;
    }

    /// <summary>Removes the entry of a slot if it has expired, unless it is being updated in place. Inside a turn.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="now">The moment.</param>
    /// <param name="evenIfStale">Whether one that is kept for the sake of those who want a stale value goes too.</param>
    /// <param name="cell">What its value was.</param>
    /// <param name="wasInvalidated">Whether it goes because of its tags.</param>
    public bool TryExpire(
        int slot, long now, bool evenIfStale, [MaybeNullWhen(false)] out TCell cell, out bool wasInvalidated)
    {
        (cell, wasInvalidated) = (default, false);
        ref Entry<TKey, TCell> entry = ref At(slot);
        uint version = SharedMemory.ReadAcquire(ref entry.Version);
        if (!TryClaim(ref entry, version))
        {
            return false;
        }

        // Claimed: nobody else writes its times, and a reader that notes an access from now on sees the claim and looks again.
        Lifetime lifetime = LifetimeOf(slot);
        if (!(evenIfStale ? lifetime.IsExpiredAt(now) : lifetime.IsGoneAt(now)))
        {
            SharedMemory.WriteRelease(ref entry.Version, version);
            return false;
        }

        wasInvalidated = lifetime.IsInvalidated;

        // Fence: whoever sees that key or cell have been cleared sees that the entry is dead.
        SharedMemory.WriteRelease(ref entry.Version, EntryVersion.Next(version, EntryVersion.Dead));
        SharedMemory.StoreFence();
        cell = ClearDead(slot, ref entry);
        return true;
    }

    /// <summary>Clears what a dead entry leaves behind; what its value was.</summary>
    private TCell ClearDead(int slot, ref Entry<TKey, TCell> entry)
    {
        // Dead, and in the owner's turn: nobody else writes these fields now. A fence was passed since it died.
        TCell cell = SharedMemory.ReadData(ref entry.Cell);
        TagGroup header = Groups.Of(slot, out nint index);
        SharedMemory.WriteRelease(ref header.Tag(index), 0);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TKey>())
        {
            SharedMemory.WriteData(ref entry.Key, default!);
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<TCell>())
        {
            SharedMemory.WriteData(ref entry.Cell, default!);
        }

        Times?.Clear(slot);
        CountOverflow((int)PlaceOf(Positions[slot]).Home, slot / TagGroup.Slots, -1);
        return cell;
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
