using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Timing;

/// <summary>Where readers find the current tick: one word, alone on its cache line.</summary>
/// <remarks>The holder of this struct keeps the word alive.</remarks>
internal readonly struct TickCell
{
    private readonly CacheLineArray _line;

    public TickCell(uint tick)
    {
        _line = new CacheLineArray(lines: 1);
        Word = tick;
    }

    /// <summary>
    /// A cell that stays at the last tick: every entry that expires is examined at every read.
    /// </summary>
    public static TickCell AtTheLast { get; } = new(Tick.Last);

    // Not ordered against anything: a reader that is late by a tick is what coarse time means.
    public uint Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => SharedMemory.ReadRelaxed(ref Word);
    }

    /// <summary>The address of the word.</summary>
    public unsafe nint Address => (nint)Unsafe.AsPointer(ref Word);

    private ref uint Word
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, uint>(ref _line.At(0));
    }

    /// <summary>Moves the cell. One writer at a time.</summary>
    public void MoveTo(uint tick) => SharedMemory.WriteRelease(ref Word, tick);
}
