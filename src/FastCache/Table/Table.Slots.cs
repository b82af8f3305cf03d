using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>The bytes between two entries.</summary>
    public static int EntrySize => Unsafe.SizeOf<Entry<TKey, TCell>>();

    /// <summary>Where the entry of slot 0 lies: for prefetching only.</summary>
    public ref byte FirstEntry
        => ref Unsafe.As<Entry<TKey, TCell>, byte>(ref MemoryMarshal.GetArrayDataReference(_entries));

    /// <summary>Whether the slot has a tag. Inside a turn: whether it holds an entry.</summary>
    public bool IsOccupied(int slot) => _groups.Of(slot, out nint index).Tag(index) != 0;

    /// <summary>One of the <see cref="NeighbourhoodSize"/> slots that a search for a key of this hash may visit, home first.</summary>
    public int Neighbour(KeyHash hash, int number)
    {
        int slot = ((int)hash.PlaceAmong(_groupCount).Home * TagGroup.Slots) + number;
        return slot < SlotCount ? slot : slot - SlotCount;
    }
}
