using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Table;

/// <summary>Until when the entries of a table may be served, by slot. Exists once an entry expires.</summary>
/// <remarks>
/// Written by whoever writes the entry and read under its version, as its cell is. Only the last access is raised by readers,
/// by compare-and-swap: a reader that was late finds either a changed access or a changed version.
/// </remarks>
internal sealed class SlotTimes
{
    private readonly PinnedArray<long> _deadlines;
    private readonly PinnedArray<IdleTime> _idle;

    public SlotTimes(int slotCount, bool hasIdleLimits)
        : this(new PinnedArray<long>(slotCount), hasIdleLimits)
    {
    }

    private SlotTimes(PinnedArray<long> deadlines, bool hasIdleLimits)
    {
        _deadlines = deadlines;
        HasIdleLimits = hasIdleLimits;
        _idle = hasIdleLimits ? new PinnedArray<IdleTime>(deadlines.Length) : default;
    }

    public bool HasIdleLimits { get; }

    /// <summary>The same times, with room for idle limits.</summary>
    public SlotTimes WithIdleLimits() => new(_deadlines, hasIdleLimits: true);

    public Lifetime Read(int slot)
    {
        if (!HasIdleLimits)
        {
            return new Lifetime(_deadlines[slot], 0, 0);
        }

        ref IdleTime idle = ref _idle[slot];
        return idle.Limit == 0
            ? new Lifetime(_deadlines[slot], 0, 0)
            : new Lifetime(idle.Deadline, idle.Limit, SharedMemory.ReadAcquire(ref idle.LastAccess));
    }

    public void Write(int slot, in Lifetime lifetime)
    {
        _deadlines[slot] = lifetime.Deadline;
        if (HasIdleLimits)
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
        if (HasIdleLimits)
        {
            Threading.Prefetch.Line(ref _idle[slot]);
        }
    }

    /// <summary>Notes an access if no later one has been noted. False if the last access is not the one that was seen.</summary>
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
