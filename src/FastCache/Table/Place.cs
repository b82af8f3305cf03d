using System.Runtime.CompilerServices;

namespace FastCache.Table;

/// <summary>
/// Where a key belongs in a table: the product of its position and the number of groups, as a fixed-point number.
/// </summary>
/// <remarks>The integer part is the home group, for any number of groups, and the fraction says which slot of it is preferred.</remarks>
internal readonly struct Place(ulong product)
{
    /// <summary>The group where a search begins.</summary>
    public nint Home
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (nint)(product >> 32);
    }

    /// <summary>The slot of the group that an insert tries to get, and a read of a large table prefetches.</summary>
    public nint PreferredIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (nint)(((ulong)(uint)product * TagGroup.Slots) >> 32);
    }

    /// <summary>An address inside the preferred slot of a group, counted in bytes from its first.</summary>
    /// <param name="groupSize">The bytes from one group's entries to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint PreferredOffset(int groupSize) => (nint)(((ulong)(uint)product * (uint)groupSize) >> 32);
}
