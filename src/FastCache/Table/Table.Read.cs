using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>
    /// Reads the cell of a key whose type has a built-in equality: the fast path. Lock-free; waits for nobody; O(1).
    /// </summary>
    /// <remarks>
    /// The candidates of the home group, without a call and so without registers to save; all else is
    /// <see cref="ReadAnywhere"/>.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadResult<TCell> Read(TKey key, KeyHash hash)
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

                // The version is read again after key and cell: pairs with the writer's order (version, fields, version).
                SharedMemory.LoadFence();
                if (SharedMemory.ReadRelaxed(ref entry.Version) != version)
                {
                    return ReadAnywhere(key, hash);
                }

                header.Touch(index);
                GC.KeepAlive(this);
                return new ReadResult<TCell>(cell);
            }

            matches &= matches - 1;
        }

        if (SharedMemory.ReadRelaxed(ref header.Overflow) == 0)
        {
            GC.KeepAlive(this);
            return default;
        }

        return ReadAnywhere(key, hash);
    }

    /// <summary>The header of the home group, and the first of its entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry<TKey, TCell> HomeOf(KeyHash hash, out TagGroup header)
    {
        Place place = hash.PlaceAmong(_groupCount);
        ref Entry<TKey, TCell> first = ref _entries[place.Home * TagGroup.Slots];
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
            return KeyProbe<TKey>.BuiltInEquals(entry.Key, key);
        }

        TKey stored = entry.Key;
        SharedMemory.LoadFence();
        return SharedMemory.ReadRelaxed(ref entry.Version) == version && KeyProbe<TKey>.BuiltInEquals(stored, key);
    }

    /// <summary>A second candidate, a displaced entry, or an entry that changed while it was read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadResult<TCell> ReadAnywhere(TKey key, KeyHash hash)
        => TryRead<KeyProbe<TKey>, Use>(new KeyProbe<TKey>(key, comparer: null), hash, out TCell? cell)
            ? new ReadResult<TCell>(cell)
            : default;

    /// <summary>Reads the cell of a key, however keys are compared. Lock-free; waits for nobody; O(1).</summary>
    /// <typeparam name="TProbe">How stored keys are compared with the one looked for.</typeparam>
    /// <typeparam name="TIntent">Whether a hit counts for the eviction policy.</typeparam>
    public bool TryRead<TProbe, TIntent>(TProbe probe, KeyHash hash, [MaybeNullWhen(false)] out TCell cell)
        where TProbe : IKeyProbe<TKey>, allows ref struct
        where TIntent : struct, IReadIntent
    {
        while (true)
        {
            int slot = Find(probe, hash, out uint version);
            if (slot < 0)
            {
                cell = default;
                return false;
            }

            ref Entry<TKey, TCell> entry = ref At(slot);
            cell = Cell.Read(ref entry.Cell);
            SharedMemory.LoadFence();
            if (SharedMemory.ReadRelaxed(ref entry.Version) == version)
            {
                if (TIntent.CountsAsHit)
                {
                    Groups.Of(slot, out nint index).Touch(index);
                }

                GC.KeepAlive(this);
                return true;
            }

            // Somebody else made progress on this entry; look again.
        }
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
    public bool TryCopy(int slot, [MaybeNullWhen(false)] out TKey key, [MaybeNullWhen(false)] out TCell cell)
    {
        ref Entry<TKey, TCell> entry = ref At(slot);
        while (true)
        {
            uint version = SharedMemory.ReadAcquire(ref entry.Version);
            if (EntryVersion.IsDead(version))
            {
                (key, cell) = (default, default);
                GC.KeepAlive(this);
                return false;
            }

            key = entry.Key;
            cell = Cell.Read(ref entry.Cell);
            SharedMemory.LoadFence();
            if (SharedMemory.ReadRelaxed(ref entry.Version) == version)
            {
                GC.KeepAlive(this);
                return true;
            }
        }
    }
}
