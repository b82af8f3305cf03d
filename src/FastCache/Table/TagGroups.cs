using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Table;

/// <summary>The headers of a table's slots, two groups a cache line. Knows slot numbers, neither keys nor values.</summary>
/// <remarks>As with <see cref="CacheLineArray"/>, whoever uses it keeps the table reachable.</remarks>
internal readonly struct TagGroups(int count)
{
    private readonly CacheLineArray _lines = new((count + 1) * TagGroup.Size / CacheLineArray.LineSize);

    /// <remarks>In bounds: a group number comes from a <see cref="Place"/> or is wrapped by the table.</remarks>
    public TagGroup this[nint group]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(ref _lines.At(group * TagGroup.Size));
    }

    /// <summary>The group that a slot is in, and the slot's place in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TagGroup Of(int slot, out nint index)
    {
        uint group = (uint)slot / TagGroup.Slots;
        index = (nint)((uint)slot - (group * TagGroup.Slots));
        return this[(nint)group];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsReferenced(int slot)
        => SharedMemory.ReadRelaxed(ref Of(slot, out nint index).Referenced(index)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ClearReferenced(int slot)
        => SharedMemory.WriteRelaxed(ref Of(slot, out nint index).Referenced(index), 0);

    /// <summary>Asks for the header line of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => Threading.Prefetch.Line(ref Of(slot, out _).Tag(0));
}
