using System.Runtime.CompilerServices;

namespace FastCache.Persistence.Lz4;

/// <summary>Slots of four bytes, for inputs of any length.</summary>
internal readonly struct WideSlots : IPositionSlots
{
    public static int Size => sizeof(uint);

    public static bool AllInReach => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe uint Exchange(void* table, nuint slot, uint position)
    {
        uint* place = (uint*)table + slot;
        uint previous = *place;
        *place = position;
        return previous;
    }
}
