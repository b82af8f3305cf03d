using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastCache.Table;

/// <summary>
/// A key's 64-bit hash, and which of its bits decide what: tag, shard and position are independent of each other.
/// </summary>
/// <remarks>Bits 0-7: tag; 8-23: shard; 32-63: <see cref="Position"/>, from which group, preferred slot and the
/// policy's sketch and ghosts are derived.</remarks>
internal readonly struct KeyHash(ulong bits)
{
    public const int MaxShards = 1 << 16;

    private const int ShardShift = 8;
    private const int PositionShift = 32;

    /// <summary>What tells the slots of a group apart at a glance: 1 to 255; 0 marks an empty slot.</summary>
    public byte Tag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // 0 becomes 1, without a branch.
            uint low = (uint)bits & 0xFF;
            return (byte)(low + ((low - 1) >> 31));
        }
    }

    /// <summary><see cref="Tag"/> in every byte of a vector.</summary>
    public Vector128<byte> Tags
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Max(Vector128.Create((byte)bits), Vector128<byte>.One);
    }

    /// <summary>The part that is stored with the entry: enough to move or to evict it without its key.</summary>
    public uint Position
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)(bits >> PositionShift);
    }

    /// <summary>Home group and preferred slot of the key in a table of so many groups; see <see cref="Place"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Place PlaceAmong(uint groups) => new((bits >> PositionShift) * groups);

    /// <param name="mask">The number of shards, a power of two, less one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Shard(nint mask) => (nint)(bits >> ShardShift) & mask;
}
