using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>Reads the cell of a key. Lock-free; waits for nobody; O(1): at most eight groups.</summary>
    /// <typeparam name="TProbe">How stored keys are compared with the one looked for.</typeparam>
    /// <typeparam name="TIntent">Whether a hit counts for the eviction policy.</typeparam>
    public bool TryRead<TProbe, TIntent>(TProbe probe, KeyHash hash, [MaybeNullWhen(false)] out TCell cell)
        where TProbe : IKeyProbe<TKey>, allows ref struct
        where TIntent : struct, IReadIntent
    {
        ulong place = Place(hash.Position);
        int home = Home(place);
        int firstSlot = home * TagGroup.Slots;
        if (_prefetchEntries)
        {
            // Header and entry are then fetched in parallel, at the price of one miss in place of two.
            Prefetch.Line(ref At(firstSlot + PreferredIndex(place)));
        }

        TagGroup header = Group(home);
        uint matches = header.Match(hash.Tag);
        if (matches != 0)
        {
            int index = BitOperations.TrailingZeroCount(matches);
            ref Entry<TKey, TCell> entry = ref At(firstSlot + index);
            if (Holds(probe, ref entry, out uint version))
            {
                cell = Cell.Read(ref entry.Cell);

                // The version is read again after key and cell: pairs with the writer's order (version, fields, version).
                SharedMemory.LoadFence();
                if (SharedMemory.ReadRelaxed(ref entry.Version) == version)
                {
                    if (TIntent.CountsAsHit)
                    {
                        header.Touch(index);
                    }

                    return true;
                }
            }
        }
        else if (SharedMemory.ReadRelaxed(ref header.Overflow) == 0)
        {
            cell = default;
            return false;
        }

        return TryReadSlow<TProbe, TIntent>(probe, hash, out cell);
    }

    /// <summary>A second candidate, a displaced entry, or an entry that changed while it was read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadSlow<TProbe, TIntent>(TProbe probe, KeyHash hash, [MaybeNullWhen(false)] out TCell cell)
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
                    GroupOf(slot, out int index).Touch(index);
                }

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
        return SharedMemory.ReadRelaxed(ref entry.Version) == version
            && EntryVersion.State(version) != EntryVersion.Updating;
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
                return false;
            }

            key = entry.Key;
            cell = Cell.Read(ref entry.Cell);
            SharedMemory.LoadFence();
            if (SharedMemory.ReadRelaxed(ref entry.Version) == version)
            {
                return true;
            }
        }
    }
}
