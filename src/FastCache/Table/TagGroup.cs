using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastCache.Threading;

namespace FastCache.Table;

/// <summary>
/// The header of fifteen slots: one tag byte each, an overflow count, and one referenced byte each; half a cache line.
/// </summary>
/// <remarks>
/// The group of F14 and Swiss tables (one vector compare finds the candidates) with the clock bit of the eviction policy
/// beside it, so that a hit touches one header line. Tags and overflow count are written inside turns, tags with release;
/// referenced bytes are set by anyone and cleared inside turns: a byte of its own each, because a reader that rewrote
/// a shared byte could undo what a turn has just written beside it.
/// </remarks>
internal readonly ref struct TagGroup
{
    public const int Slots = 15;
    public const int Size = 32;

    private const int OverflowOffset = 15;
    private const int ReferencedOffset = 16;
    private const uint SlotMask = (1u << Slots) - 1;

    private readonly ref byte _start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TagGroup(ref byte start) => _start = ref start;

    /// <summary>
    /// How many live entries passed this group on the way from their home to their slot. Cannot saturate: an entry
    /// passes at most <see cref="TableSize.MaxProbes"/> - 1 groups.
    /// </summary>
    public ref byte Overflow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref _start, OverflowOffset);
    }

    /// <summary>One bit a slot whose tag is <paramref name="tag"/>; 0 finds the empty slots.</summary>
    /// <remarks>The load need not be atomic: each byte is valid on its own, and what it leads to is verified.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Match(byte tag) => Match(Vector128.Create(tag));

    /// <param name="tags">The tag in each byte.</param>
    /// <inheritdoc cref="Match(byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Match(Vector128<byte> tags)
        => Vector128.Equals(SharedMemory.ReadVector(ref _start), tags).ExtractMostSignificantBits() & SlotMask;

    /// <summary>One bit a slot that is not empty.</summary>
    public uint Occupied => ~Match(0) & SlotMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Tag(nint slot) => ref Unsafe.Add(ref _start, slot);

    /// <summary>1 if the entry was read or updated since the policy last looked, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Referenced(nint slot) => ref Unsafe.Add(ref _start, ReferencedOffset + slot);

    /// <summary>Marks a hit. The store is skipped when it would change nothing, so that hot lines stay shared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Touch(nint slot)
    {
        ref byte referenced = ref Referenced(slot);
        if (SharedMemory.ReadRelaxed(ref referenced) == 0)
        {
            SharedMemory.WriteRelaxed(ref referenced, 1);
        }
    }

    /// <summary>The empty slot nearest to <paramref name="preferred"/>, or -1 if the group is full.</summary>
    public int NearestEmpty(int preferred)
    {
        uint empty = Match(0);
        if (empty == 0)
        {
            return -1;
        }

        // Without branches, which would be unpredictable: a side without an empty slot gets a distance beyond all others.
        uint atOrAbove = empty >> preferred << preferred;
        uint below = empty ^ atOrAbove;
        int up = BitOperations.TrailingZeroCount(atOrAbove) - preferred;
        int down = below == 0 ? Size : preferred - BitOperations.Log2(below);
        return up <= down ? preferred + up : preferred - down;
    }
}
