using FastCache.Tagging;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Table;

/// <summary>Until when the entries of a table may be served, by slot. Exists once an entry expires or has a tag.</summary>
/// <remarks>
/// <para>Written by whoever writes the entry and read under its version, as its cell is.</para>
/// <para>The last access is mostly not here: where time is coarse it is the beginning of the attention tick, so that one
/// compare-and-swap of the entry's state word notes an access. Only an entry that is examined at every read has it here.
/// Readers raise it by compare-and-swap: one that was late finds either a changed access or a changed version.</para>
/// </remarks>
internal sealed class SlotTimes
{
    private readonly PinnedArray<long> _deadlines;
    private readonly Kinds _kinds;

    // For the kinds that there are; else empty.
    private readonly PinnedArray<IdleTime> _idle;
    private readonly PinnedArray<StaleTime> _stale;
    private readonly PinnedArray<TagSet?> _tags;

    // What every entry that expires has and nothing else; 0 if that differs. Then a read needs no line of the arrays.
    private readonly long _commonIdleLimit;

    /// <summary>Times with room for a first lifetime.</summary>
    public SlotTimes(int slotCount, in Lifetime first)
        : this(slotCount, KindsOf(first), KindsOf(first) == Kinds.Idle && first.Deadline == 0 ? first.IdleLimit : 0)
    {
    }

    private SlotTimes(int slotCount, Kinds kinds, long commonIdleLimit)
        : this(slotCount, kinds, commonIdleLimit, new PinnedArray<long>(slotCount), idle: null, stale: null, tags: null)
    {
    }

    private SlotTimes(
        int slotCount,
        Kinds kinds,
        long commonIdleLimit,
        PinnedArray<long> deadlines,
        PinnedArray<IdleTime>? idle,
        PinnedArray<StaleTime>? stale,
        PinnedArray<TagSet?>? tags)
    {
        _kinds = kinds;
        _commonIdleLimit = commonIdleLimit;
        _deadlines = deadlines;
        _idle = Has(Kinds.Idle) ? idle ?? new PinnedArray<IdleTime>(slotCount) : default;
        _stale = Has(Kinds.Stale) ? stale ?? new PinnedArray<StaleTime>(slotCount) : default;
        _tags = Has(Kinds.Tags) ? tags ?? new PinnedArray<TagSet?>(slotCount) : default;
    }

    [Flags]
    private enum Kinds
    {
        Deadline = 0,
        Idle = 1,
        Stale = 2,
        Tags = 4,
    }

    /// <summary>Whether an entry with this lifetime can be written.</summary>
    public bool HasRoomFor(in Lifetime lifetime)
        => Has(KindsOf(lifetime))
            && (_commonIdleLimit == 0 || (lifetime.Deadline == 0 && lifetime.IdleLimit == _commonIdleLimit));

    /// <summary>The same times, with room for another kind of lifetime too.</summary>
    public SlotTimes WithRoomFor(in Lifetime lifetime)
        => new(
            _deadlines.Length,
            _kinds | KindsOf(lifetime),
            commonIdleLimit: 0,
            _deadlines,
            Has(Kinds.Idle) ? _idle : null,
            Has(Kinds.Stale) ? _stale : null,
            Has(Kinds.Tags) ? _tags : null);

    /// <summary>Empty times for another number of slots, with room for the same lifetimes.</summary>
    public SlotTimes ForSlots(int slotCount) => new(slotCount, _kinds, _commonIdleLimit);

    /// <param name="slot">The slot.</param>
    /// <param name="attentionTick">What the entry's state word says.</param>
    public Lifetime Read(int slot, uint attentionTick)
    {
        if (_commonIdleLimit != 0 && Tick.MeansAccess(attentionTick))
        {
            return new Lifetime(0, _commonIdleLimit, Tick.BeginOf(attentionTick));
        }

        Lifetime lifetime = Has(Kinds.Idle) ? ReadIdle(slot, attentionTick) : new Lifetime(SharedMemory.ReadData(ref _deadlines[slot]), 0, 0);
        if (Has(Kinds.Stale))
        {
            lifetime = lifetime with
            {
                Grace = SharedMemory.ReadData(ref _stale[slot].Grace),
                RefreshAt = SharedMemory.ReadData(ref _stale[slot].RefreshAt),
            };
        }

        return Has(Kinds.Tags) ? lifetime with { Tags = TagsOf(slot) } : lifetime;
    }

    /// <summary>The tags of an entry.</summary>
    public TagSet? TagsOf(int slot) => Has(Kinds.Tags) ? SharedMemory.ReadData(ref _tags[slot]) : null;

    /// <summary>Whether an entry that is examined for its tags and its deadline alone is fresh; false also if only a closer look can tell.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="now">The tick.</param>
    public bool IsFresh(int slot, uint now)
    {
        long deadline = SharedMemory.ReadData(ref _deadlines[slot]);
        return (deadline == 0 || Tick.Of(deadline) > now) && TagsOf(slot) is { IsInvalidated: false };
    }

    /// <summary>Keeps nothing alive for the sake of an entry that has died.</summary>
    public void Clear(int slot)
    {
        if (Has(Kinds.Tags))
        {
            SharedMemory.WriteData(ref _tags[slot], null);
        }
    }

    public void Write(int slot, in Lifetime lifetime)
    {
        SharedMemory.WriteData(ref _deadlines[slot], lifetime.Deadline);
        if (Has(Kinds.Idle))
        {
            SharedMemory.WriteData(ref _idle[slot].Deadline, lifetime.Deadline);
            SharedMemory.WriteData(ref _idle[slot].Limit, lifetime.IdleLimit);
            SharedMemory.WriteData(ref _idle[slot].LastAccess, lifetime.LastAccess);
        }

        if (Has(Kinds.Stale))
        {
            SharedMemory.WriteData(ref _stale[slot].Grace, lifetime.Grace);
            SharedMemory.WriteData(ref _stale[slot].RefreshAt, lifetime.RefreshAt);
        }

        if (Has(Kinds.Tags))
        {
            SharedMemory.WriteData(ref _tags[slot], lifetime.Tags);
        }
    }

    /// <summary>Asks for the memory of a slot.</summary>
    public void Prefetch(int slot)
    {
        Threading.Prefetch.Line(ref _deadlines[slot]);
        if (Has(Kinds.Idle))
        {
            Threading.Prefetch.Line(ref _idle[slot]);
        }

        if (Has(Kinds.Stale))
        {
            Threading.Prefetch.Line(ref _stale[slot]);
        }

        if (Has(Kinds.Tags))
        {
            Threading.Prefetch.Line(ref _tags[slot]);
        }
    }

    /// <summary>
    /// Notes an access of an entry that is examined at every read if no later one has been noted. False if the last access is not the one that
    /// was seen.
    /// </summary>
    public bool TryNoteAccess(int slot, long seen, long now)
        => now <= seen || SharedMemory.CompareAndSwap(ref _idle[slot].LastAccess, seen, now);

    private static Kinds KindsOf(in Lifetime lifetime)
        => (lifetime.IdleLimit != 0 ? Kinds.Idle : 0)
            | ((lifetime.Grace | lifetime.RefreshAt) != 0 ? Kinds.Stale : 0)
            | (lifetime.Tags is not null ? Kinds.Tags : 0);

    private bool Has(Kinds kinds) => (_kinds & kinds) == kinds;

    private Lifetime ReadIdle(int slot, uint attentionTick)
    {
        ref IdleTime idle = ref _idle[slot];
        long limit = SharedMemory.ReadData(ref idle.Limit);
        if (limit == 0)
        {
            return new Lifetime(SharedMemory.ReadData(ref _deadlines[slot]), 0, 0);
        }

        long lastAccess = Tick.MeansAccess(attentionTick)
            ? Tick.BeginOf(attentionTick)
            : SharedMemory.ReadAcquire(ref idle.LastAccess);
        return new Lifetime(SharedMemory.ReadData(ref idle.Deadline), limit, lastAccess);
    }

    private struct IdleTime
    {
        // A copy, so that a read of an entry with an idle limit looks at one line.
        public long Deadline;
        public long Limit;
        public long LastAccess;
    }

    private struct StaleTime
    {
        public long Grace;
        public long RefreshAt;
    }
}
