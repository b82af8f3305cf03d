using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Expiration;

/// <summary>Time as one cache sees it: when its entries need attention, and who is told that time passes.</summary>
/// <remarks>Thread-safe. Joins the coarse clock with the first entry that expires.</remarks>
internal sealed class CacheClock
{
    private const int NotJoined = 0;
    private const int Joined = 1;
    private const int Closed = 2;

    private readonly CoarseClock _clock;
    private readonly ITickListener _listener;
    private readonly bool _examinesReads;
    private readonly bool _asksAtReads;
    private int _state;

    /// <param name="clock">The clock of the cache's time provider.</param>
    /// <param name="listener">Who is told of every tick once entries expire.</param>
    /// <param name="isPrecise">Whether a read of an entry that expires asks for the time.</param>
    /// <param name="examinesReads">Whether every read may change an entry's expiry.</param>
    public CacheClock(CoarseClock clock, ITickListener listener, bool isPrecise, bool examinesReads)
    {
        _clock = clock;
        _listener = listener;
        _examinesReads = examinesReads;
        _asksAtReads = isPrecise || examinesReads;
    }

    /// <summary>What attention ticks are compared with.</summary>
    public TickCell Cell => _asksAtReads ? TickCell.AtTheLast : _clock.Cell;

    /// <summary>The tick now, as of the last refresh.</summary>
    public long CurrentTick => _clock.CurrentTick;

    /// <summary>The time now. Asks the provider.</summary>
    public long Now() => _clock.Refresh();

    /// <summary>
    /// A moment that is as good as now to say whether a lifetime is over. Asks the provider only if the tick does not say so.
    /// </summary>
    public long NowFor(in Lifetime lifetime)
    {
        long begin = _clock.BeginOfTick;
        long end = lifetime.ExpiresAt;
        bool isClear = end <= begin || end - begin >= Tick.Length;
        return isClear && !_asksAtReads ? begin : Now();
    }

    /// <summary>Has the clock run from now on. Outside any turn: it may call the time provider.</summary>
    public void EnsureRunning()
    {
        if (SharedMemory.ReadAcquire(ref _state) != NotJoined)
        {
            return;
        }

        // First: whoever finds the state joined relies on a clock that runs. Joining twice at a time does no harm.
        _clock.Join(_listener);
        if (!SharedMemory.CompareAndSwap(ref _state, NotJoined, Joined) && SharedMemory.ReadAcquire(ref _state) == Closed)
        {
            _clock.Leave(_listener);
        }
    }

    /// <summary>Leaves the clock for good.</summary>
    public void Close()
    {
        if (SharedMemory.Exchange(ref _state, Closed) == Joined)
        {
            _clock.Leave(_listener);
        }
    }

    /// <summary>The earliest tick at which a read of an entry must leave the fast path.</summary>
    public uint AttentionTickOf(in Lifetime lifetime)
    {
        if (lifetime.Tags is not null)
        {
            // Tags are invalidated at any time.
            return lifetime.IdleLimit == 0 && lifetime.RefreshAt == 0 && !_examinesReads ? Tick.Tagged : Tick.Always;
        }

        if (lifetime.IsForever && !_examinesReads)
        {
            return Tick.Never;
        }

        if (_asksAtReads)
        {
            return Tick.Last;
        }

        // The attention tick is the last access, unless something else comes before it: then the access has its own word.
        if (lifetime.IdleLimit != 0 && lifetime.RefreshAt != 0)
        {
            return Tick.Always;
        }

        // Reads until the access that is noted, which is the end of a tick, are as good as that; the next one has to be noted.
        long idleTick = lifetime.IdleLimit == 0 ? long.MaxValue : Tick.Of(lifetime.LastAccess);
        long deadlineTick = lifetime.Deadline == 0 ? long.MaxValue : Tick.AtOrAfter(lifetime.Deadline);
        long refreshTick = lifetime.RefreshAt == 0 ? long.MaxValue : Tick.AtOrAfter(lifetime.RefreshAt);
        return Tick.Saturate(Math.Min(Math.Min(idleTick, deadlineTick), refreshTick));
    }
}
