using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>
    /// Reads the cell of a key whose type has a built-in equality: the fast path. Lock-free; waits for nobody; O(1).
    /// </summary>
    /// <returns>
    /// A hit or absent; or else a displaced entry, one that changed while it was read, or one that is due: changed, which is for
    /// <see cref="TryRead"/>.
    /// </returns>
    /// <remarks>The candidates of the home group, without a call and so without registers to save.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadResult<TCell> ReadHome(TKey key, KeyHash hash)
    {
        ref Entry<TKey, TCell> first = ref HomeOf(hash, out TagGroup header);
        uint matches = header.Match(hash.Tags);
        while (matches != 0)
        {
            nint index = (nint)(uint)BitOperations.TrailingZeroCount(matches);
            ref Entry<TKey, TCell> entry = ref Unsafe.Add(ref first, index);

            // Acquire: pairs with the release that published the entry, so its key and cell are visible.
            uint version = SharedMemory.ReadAcquire(ref entry.Version);
            if (!EntryVersion.IsDead(version) && HasKey(ref entry, version, key))
            {
                TCell cell = Cell.Read(ref entry.Cell);
                uint attentionTick = SharedMemory.ReadRelaxed(ref entry.AttentionTick);

                // The version is read again after key and cell: pairs with the writer's order (version, fields, version).
                SharedMemory.LoadFence();
                if (SharedMemory.ReadRelaxed(ref entry.Version) != version || attentionTick <= Now)
                {
                    break;
                }

                header.Touch(index);
                GC.KeepAlive(this);
                return new ReadResult<TCell>(cell, ReadOutcome.Hit);
            }

            if (!ComparesTornKeys && SharedMemory.ReadRelaxed(ref entry.Version) != version)
            {
                // Its key may not have been compared, and may be the one.
                break;
            }

            matches &= matches - 1;
        }

        bool isAbsent = matches == 0 && SharedMemory.ReadRelaxed(ref header.Overflow) == 0;
        GC.KeepAlive(this);
        return new ReadResult<TCell>(default, isAbsent ? ReadOutcome.Absent : ReadOutcome.Changed);
    }

    /// <summary>The header of the home group, and the first of its entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry<TKey, TCell> HomeOf(KeyHash hash, out TagGroup header)
    {
        Place place = hash.PlaceAmong(GroupCount);
        ref Entry<TKey, TCell> first = ref At(place.Home * TagGroup.Slots);
        if (PrefetchPays)
        {
            // Header and entry are then fetched in parallel, at the price of one miss in place of two.
            Prefetch.Line(ref Unsafe.AddByteOffset(ref first, place.PreferredOffset(GroupSize)));
        }

        header = Groups[place.Home];
        return ref first;
    }

    /// <summary>Whether the entry has this key, by built-in equality; may be wrong if it no longer has the version.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasKey(ref Entry<TKey, TCell> entry, uint version, TKey key)
    {
        if (ComparesTornKeys)
        {
            return KeyProbe<TKey>.BuiltInEquals(SharedMemory.ReadData(ref entry.Key), key);
        }

        TKey stored = SharedMemory.ReadData(ref entry.Key);
        SharedMemory.LoadFence();
        return SharedMemory.ReadRelaxed(ref entry.Version) == version && KeyProbe<TKey>.BuiltInEquals(stored, key);
    }

    /// <summary>Reads the cell of a key, however keys are compared. Lock-free; waits for nobody; O(1).</summary>
    /// <returns>Absent; or a hit, with its cell; or due, with what was found.</returns>
    /// <typeparam name="TProbe">How stored keys are compared with the one looked for.</typeparam>
    /// <typeparam name="TIntent">Whether a hit counts for the eviction policy.</typeparam>
    public ReadOutcome TryRead<TProbe, TIntent>(TProbe probe, KeyHash hash, out TCell? cell, out EntryStamp stamp)
        where TProbe : IKeyProbe<TKey>, allows ref struct
        where TIntent : struct, IReadIntent
    {
        while (true)
        {
            int slot = Find(probe, hash, out uint version);
            if (slot < 0)
            {
                (cell, stamp) = (default, default);
                return ReadOutcome.Absent;
            }

            ref Entry<TKey, TCell> entry = ref At(slot);
            cell = Cell.Read(ref entry.Cell);
            bool isDue = IsDue(ref entry) && !HasValidTags(slot, ref entry, version);
            SharedMemory.LoadFence();
            if (SharedMemory.ReadRelaxed(ref entry.Version) == version)
            {
                if (isDue)
                {
                    cell = default;
                    stamp = new EntryStamp(this, slot, version);
                    return ReadOutcome.Due;
                }

                if (TIntent.CountsAsHit)
                {
                    Groups.Of(slot, out nint index).Touch(index);
                }

                stamp = default;
                GC.KeepAlive(this);
                return ReadOutcome.Hit;
            }

            // Somebody else made progress on this entry; look again.
        }
    }

    /// <summary>Whether an entry that is due is so for its tags alone, and they are valid; as of a version.</summary>
    private bool HasValidTags(int slot, ref Entry<TKey, TCell> entry, uint version)
        => SharedMemory.ReadRelaxed(ref entry.AttentionTick) == Tick.Tagged
            && EntryVersion.State(version) != EntryVersion.Updating
            && Times is { } times
            && times.IsFresh(slot, Now);

    /// <summary>Notes a use of the entry of a slot for the eviction policy.</summary>
    public void Touch(int slot)
    {
        Groups.Of(slot, out nint index).Touch(index);
        GC.KeepAlive(this);
    }

    /// <summary>Reads the cell that belongs to a version; false if there is another by now, or an update in progress.</summary>
    public bool TryReadStable(int slot, uint version, [MaybeNullWhen(false)] out TCell cell)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        cell = Cell.Read(ref entry.Cell);
        SharedMemory.LoadFence();
        bool isUnchanged = SharedMemory.ReadRelaxed(ref entry.Version) == version;
        GC.KeepAlive(this);
        return isUnchanged && EntryVersion.State(version) != EntryVersion.Updating;
    }

    /// <summary>Copies the entry of a slot as it was at one moment; false if there is none.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cell">Its value.</param>
    /// <param name="lifetime">Until when it may be served, if its attention tick has come; else forever.</param>
    public bool TryCopy(
        int slot, [MaybeNullWhen(false)] out TKey key, [MaybeNullWhen(false)] out TCell cell, out Lifetime lifetime)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        var wait = new SpinWait();
        while (true)
        {
            uint version = SharedMemory.ReadAcquire(ref entry.Version);
            if (EntryVersion.IsDead(version))
            {
                (key, cell, lifetime) = (default, default, default);
                GC.KeepAlive(this);
                return false;
            }

            key = SharedMemory.ReadData(ref entry.Key);
            cell = Cell.Read(ref entry.Cell);
            bool isDue = IsDue(ref entry);
            lifetime = isDue ? LifetimeOf(slot) : default;
            if (isDue && EntryVersion.State(version) == EntryVersion.Updating)
            {
                // Its times are being written, and unlike the cell they are more than one word.
                SharedMemory.Wait(ref wait);
                continue;
            }

            SharedMemory.LoadFence();
            if (SharedMemory.ReadRelaxed(ref entry.Version) == version)
            {
                GC.KeepAlive(this);
                return true;
            }
        }
    }
}
