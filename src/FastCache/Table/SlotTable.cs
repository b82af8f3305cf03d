using System.Runtime.CompilerServices;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Table;

/// <summary>A table for those who know slot numbers only: the headers, and where the entries lie.</summary>
/// <remarks>
/// Not generic, so that what works on slots alone is compiled once, with everything inlined: code that is shared between
/// reference types cannot see through its own type arguments.
/// </remarks>
internal abstract class SlotTable
{
    // Below this the entries of a cache fit into the processor's second-level cache: prefetching only costs instructions.
    private const int PrefetchFromBytes = 1 << 19;

    private readonly TagGroups _groups;
    private readonly int _entrySize;
    private readonly nint _now;

    // Keeps alive what the address is of.
    private readonly TickCell _clock;
    private SlotTimes? _times;

    /// <param name="size">The number of slots.</param>
    /// <param name="siblings">How many tables of about this size are used together, this one included.</param>
    /// <param name="clock">What attention ticks are compared with.</param>
    /// <param name="firstEntry">The address of the entry of slot 0, in an array that the table keeps alive.</param>
    /// <param name="entrySize">The bytes from one entry to the next.</param>
    protected SlotTable(TableSize size, int siblings, TickCell clock, nint firstEntry, int entrySize)
    {
        Size = size;
        SlotCount = size.Slots;
        FullAt = size.FullAt;
        Positions = new PinnedArray<uint>(size.Slots);
        PrefetchPays = (long)entrySize * size.Slots * siblings > PrefetchFromBytes;
        _groups = new TagGroups(size.Groups);
        FirstEntry = firstEntry;
        _entrySize = entrySize;
        _clock = clock;
        _now = clock.Address;
        GroupCount = (uint)size.Groups;
    }

    public TableSize Size { get; }

    public int SlotCount { get; }

    /// <summary>Entries at which the table grows, if it can.</summary>
    public int FullAt { get; }

    /// <summary>The <see cref="KeyHash.Position"/> of the entry in each slot; written inside turns only.</summary>
    public PinnedArray<uint> Positions { get; }

    // What every read needs lies together: plain fields of the base class come first in an object.
    protected uint GroupCount { get; }

    /// <summary>The address of the entry of slot 0.</summary>
    protected nint FirstEntry { get; }

    /// <summary>Whether the entries outgrow the processor's caches.</summary>
    public bool PrefetchPays { get; }

    /// <summary>
    /// Until when the entries may be served; null as long as all of them may be served forever. Set inside turns, before an entry
    /// that needs it is written.
    /// </summary>
    public SlotTimes? Times
    {
        get => SharedMemory.ReadAcquire(ref _times!);
        protected set => SharedMemory.WriteRelease(ref _times!, value!);
    }

    /// <summary>What attention ticks are compared with.</summary>
    protected unsafe uint Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => SharedMemory.ReadRelaxed(ref Unsafe.AsRef<uint>((void*)_now));
    }

    /// <summary>Makes room for a lifetime. Inside a turn.</summary>
    public void EnsureTimes(in Lifetime lifetime)
    {
        if (Times is not { } times)
        {
            Times = new SlotTimes(SlotCount, lifetime);
        }
        else if (!times.HasRoomFor(lifetime))
        {
            Times = times.WithRoomFor(lifetime);
        }
    }

    /// <summary>Whether a tag of the entry of a slot was invalidated. Inside a turn; it may be about to be replaced.</summary>
    public bool IsInvalidated(int slot) => Times?.TagsOf(slot) is { IsInvalidated: true };

    /// <summary>Until when the entry of a slot may be served; false if that is being written at this moment.</summary>
    public abstract bool TryReadLifetime(int slot, out Lifetime lifetime);

    /// <summary>The headers; see there for how long they may be used.</summary>
    public ref readonly TagGroups Groups
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _groups;
    }

    /// <summary>Whether the slot has a tag. Inside a turn: whether it holds an entry.</summary>
    public bool IsOccupied(int slot) => _groups.Of(slot, out nint index).Tag(index) != 0;

    /// <summary>Asks for the line with the beginning of a slot's entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchEntry(int slot)
        => Prefetch.Line(ref Unsafe.AsRef<byte>((void*)(FirstEntry + ((nint)slot * _entrySize))));
}
