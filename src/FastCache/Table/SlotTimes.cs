using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Table;

/// <summary>Until when the entries of a table may be served, by slot. Exists once an entry expires.</summary>
/// <remarks>
/// <para>Written by whoever writes the entry and read under its version, as its cell is.</para>
/// <para>The last access is mostly not here: where time is coarse it is the beginning of the attention tick, so that one
/// compare-and-swap of the entry's state word notes an access. Only an entry at the last tick, which means one of a cache that
/// asks for the time at every read, has it here. Readers raise it by compare-and-swap: one that was late finds either a changed
/// access or a changed version.</para>
/// </remarks>
internal sealed class SlotTimes
{
    private readonly PinnedArray<long> _deadlines;
    private readonly PinnedArray<IdleTime> _idle;
    private readonly bool _hasIdleLimits;

    // What every entry that expires has in place of a deadline; 0 if that differs. Then a read needs no line of the arrays.
    private readonly long _commonIdleLimit;

    /// <summary>Times with room for a first lifetime.</summary>
    public SlotTimes(int slotCount, in Lifetime first)
        : this(slotCount, first.IdleLimit != 0, first.Deadline == 0 ? first.IdleLimit : 0)
    {
    }

    private SlotTimes(int slotCount, bool hasIdleLimits, long commonIdleLimit)
        : this(new PinnedArray<long>(slotCount), hasIdleLimits ? new PinnedArray<IdleTime>(slotCount) : default, hasIdleLimits, commonIdleLimit)
    {
    }

    private SlotTimes(PinnedArray<long> deadlines, PinnedArray<IdleTime> idle, bool hasIdleLimits, long commonIdleLimit)
    {
        _deadlines = deadlines;
        _idle = idle;
        _hasIdleLimits = hasIdleLimits;
        _commonIdleLimit = commonIdleLimit;
    }

    /// <summary>Whether an entry with this lifetime can be written.</summary>
    public bool HasRoomFor(in Lifetime lifetime)
        => (lifetime.IdleLimit == 0 || _hasIdleLimits)
            && (_commonIdleLimit == 0 || (lifetime.Deadline == 0 && lifetime.IdleLimit == _commonIdleLimit));

    /// <summary>The same times, with room for every lifetime.</summary>
    public SlotTimes WithRoomForAll()
        => new(_deadlines, _hasIdleLimits ? _idle : new PinnedArray<IdleTime>(_deadlines.Length), hasIdleLimits: true, commonIdleLimit: 0);

    /// <summary>Empty times for another number of slots, with room for the same lifetimes.</summary>
    public SlotTimes ForSlots(int slotCount) => new(slotCount, _hasIdleLimits, _commonIdleLimit);

    /// <param name="slot">The slot.</param>
    /// <param name="attentionTick">What the entry's state word says.</param>
    public Lifetime Read(int slot, uint attentionTick)
    {
        if (_commonIdleLimit != 0 && attentionTick < Tick.Last)
        {
            return new Lifetime(0, _commonIdleLimit, Tick.BeginOf(attentionTick));
        }

        if (!_hasIdleLimits)
        {
            return new Lifetime(_deadlines[slot], 0, 0);
        }

        ref IdleTime idle = ref _idle[slot];
        if (idle.Limit == 0)
        {
            return new Lifetime(_deadlines[slot], 0, 0);
        }

        long lastAccess = attentionTick < Tick.Last ? Tick.BeginOf(attentionTick) : SharedMemory.ReadAcquire(ref idle.LastAccess);
        return new Lifetime(idle.Deadline, idle.Limit, lastAccess);
    }

    public void Write(int slot, in Lifetime lifetime)
    {
        _deadlines[slot] = lifetime.Deadline;
        if (_hasIdleLimits)
        {
            _idle[slot] = new IdleTime
            {
                Deadline = lifetime.Deadline,
                Limit = lifetime.IdleLimit,
                LastAccess = lifetime.LastAccess,
            };
        }
    }

    /// <summary>Asks for the memory of a slot.</summary>
    public void Prefetch(int slot)
    {
        Threading.Prefetch.Line(ref _deadlines[slot]);
        if (_hasIdleLimits)
        {
            Threading.Prefetch.Line(ref _idle[slot]);
        }
    }

    /// <summary>
    /// Notes an access of an entry at the last tick if no later one has been noted. False if the last access is not the one that
    /// was seen.
    /// </summary>
    public bool TryNoteAccess(int slot, long seen, long now)
        => now <= seen || SharedMemory.CompareAndSwap(ref _idle[slot].LastAccess, seen, now);

    private struct IdleTime
    {
        // A copy, so that a read of an entry with an idle limit looks at one line.
        public long Deadline;
        public long Limit;
        public long LastAccess;
    }
}
