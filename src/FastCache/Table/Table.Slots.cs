using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>Whether the slot has a tag. Inside a turn: whether it holds an entry.</summary>
    public bool IsOccupied(int slot) => GroupOf(slot, out int index).Tag(index) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsReferenced(int slot)
        => SharedMemory.ReadRelaxed(ref GroupOf(slot, out int index).Referenced(index)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ClearReferenced(int slot)
        => SharedMemory.WriteRelaxed(ref GroupOf(slot, out int index).Referenced(index), 0);

    /// <summary>Asks for the header line of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchHeader(int slot) => Prefetch.Line(ref GroupOf(slot, out _).Tag(0));

    /// <summary>Asks for the entry line of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchEntry(int slot) => Prefetch.Line(ref At(slot));

    /// <summary>The slots that a search for a key of this hash may visit, first group first. Inside a turn.</summary>
    public IEnumerable<int> Neighbourhood(KeyHash hash)
    {
        int group = Home(Place(hash.Position));
        for (int probes = _probeLimit; probes > 0; probes--, group = NextGroup(group))
        {
            for (int index = 0; index < TagGroup.Slots; index++)
            {
                yield return (group * TagGroup.Slots) + index;
            }
        }
    }
}
