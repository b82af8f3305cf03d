using System.Runtime.CompilerServices;

namespace FastCache.Persistence.Lz4;

/// <summary>Slots of two bytes, for inputs of up to 64 KiB: twice as many of them in the same part of the processor's cache.</summary>
internal readonly struct ShortSlots : IPositionSlots
{
    public static int Size => sizeof(ushort);

    public static bool AllInReach => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe uint Exchange(void* table, nuint slot, uint position)
    {
        ushort* place = (ushort*)table + slot;
        uint previous = *place;
        *place = (ushort)position;
        return previous;
    }
}
