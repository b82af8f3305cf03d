using System.Runtime.CompilerServices;
using FastCache.Threading;
using FastCache.Timing;

namespace FastCache.Expiration;

/// <summary>
/// A clock that a read can afford: a word in memory, moved on by one timer for all caches of a time provider.
/// </summary>
/// <remarks>
/// <para>The timer runs while somebody listens. Listeners are held weakly, so that a cache that the application has
/// forgotten can be collected; the timer stops with the last of them. Thread-safe. No code of the provider runs under
/// the lock.</para>
/// <para>Ticks never go back. If the provider's time does, this clock goes on from the beginning of the tick where it was.
/// </para>
/// </remarks>
internal sealed class CoarseClock
{
    private const long Millisecond = TimeSpan.TicksPerMillisecond;
    private static readonly TimeSpan Period = TimeSpan.FromTicks(Tick.Length);
    private static readonly ConditionalWeakTable<TimeProvider, CoarseClock> Clocks = [];

    private readonly Lock _gate = new();
    private readonly TimeProvider _provider;
    private readonly long _start;

    // Written under the lock, read anywhere.
    private long _beginOfTick;
    private long _origin;
    private WeakReference<ITickListener>[] _listeners = [];
    private ITimer? _timer;

    /// <param name="provider">Where time comes from.</param>
    /// <param name="origin">What the time is now: at least a tick, so that no time is 0.</param>
    public CoarseClock(TimeProvider provider, long origin = Tick.Length)
    {
        _provider = provider;
        _start = provider.GetTimestamp();
        _origin = origin;
        _beginOfTick = origin - (origin % Tick.Length);
        Cell = new TickCell(Tick.Saturate(Tick.Of(origin)));
    }

    /// <summary>Where readers find the tick, as of the last <see cref="Refresh"/>.</summary>
    public TickCell Cell { get; }

    /// <summary>The tick as of the last <see cref="Refresh"/>, not saturated.</summary>
    public long CurrentTick => Tick.Of(BeginOfTick);

    /// <summary>The moment at which that tick began.</summary>
    public long BeginOfTick => SharedMemory.ReadAcquire(ref _beginOfTick);

    /// <summary>Whether the timer runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _timer is not null;
            }
        }
    }

    /// <summary>The clock of a time provider: always the same one while somebody uses it.</summary>
    public static CoarseClock For(TimeProvider provider)
        => Clocks.GetValue(provider, static provider => new CoarseClock(provider));

    /// <summary>Asks the provider for the time, and moves the cell if a tick has begun meanwhile.</summary>
    public long Refresh()
    {
        // Before the provider is asked: whatever it says then is later than this, unless its time went back.
        long beginOfTick = SharedMemory.ReadAcquire(ref _beginOfTick);
        long origin = SharedMemory.ReadAcquire(ref _origin);
        long now = origin + _provider.GetElapsedTime(_start).Ticks;
        if ((ulong)(now - beginOfTick) < Tick.Length)
        {
            return now;
        }

        return now < beginOfTick ? GoOnFrom(beginOfTick, now, origin) : MoveTo(now);
    }

    /// <summary>Tells a listener of every tick from now on. The caller keeps it alive.</summary>
    public void Join(ITickListener listener)
    {
        var joined = new WeakReference<ITickListener>(listener);
        bool isRunning;
        lock (_gate)
        {
            _listeners = [.. _listeners, joined];
            isRunning = _timer is not null;
        }

        try
        {
            if (!isRunning)
            {
                Start();
            }

            // Once the timer runs: ticks that began while it was made would otherwise be seen a tick from now.
            Refresh();
        }
        catch
        {
            // Only this time: another thread may have joined for the same listener, and succeeded.
            Keep(reference => reference != joined);
            throw;
        }
    }

    /// <summary>Tells it no more.</summary>
    public void Leave(ITickListener listener)
        => Keep(reference => reference.TryGetTarget(out ITickListener? other) && other != listener);

    // Threads that join together may each make a timer, so that each learns of its own failure. One timer stays.
    private void Start()
    {
        ITimer? timer = UnflowedContext.Call(static clock => clock.CreateTimer(), this);
        lock (_gate)
        {
            // Unless another thread was faster, or everybody has left meanwhile.
            if (_timer is null && _listeners.Length > 0)
            {
                (_timer, timer) = (timer, null);
            }
        }

        timer?.Dispose();
    }

    private ITimer CreateTimer()
        => _provider.CreateTimer(static clock => ((CoarseClock)clock!).OnTimer(), this, UntilNextTick(Refresh()), Period);

    /// <summary>The time until the next tick begins, in whole milliseconds as timers count: not less.</summary>
    private static TimeSpan UntilNextTick(long now)
        => TimeSpan.FromMilliseconds((Tick.Length - (now % Tick.Length) + Millisecond - 1) / Millisecond);

    private void OnTimer()
    {
        long now = Refresh();
        long tick = Tick.Of(now);
        bool anyIsGone = false;
        foreach (WeakReference<ITickListener> reference in SharedMemory.ReadAcquire(ref _listeners))
        {
            if (reference.TryGetTarget(out ITickListener? listener))
            {
                listener.OnTick(tick);
            }
            else
            {
                anyIsGone = true;
            }
        }

        if (anyIsGone)
        {
            Keep(static reference => reference.TryGetTarget(out _));
        }

        if (now % Tick.Length >= Millisecond)
        {
            Realign(now);
        }
    }

    /// <summary>A timer that fires between two ticks would find each of them late.</summary>
    private void Realign(long now)
    {
        ITimer? timer;
        lock (_gate)
        {
            timer = _timer;
        }

        timer?.Change(UntilNextTick(now), Period);
    }

    private void Keep(Predicate<WeakReference<ITickListener>> isKept)
    {
        ITimer? stopped = null;
        lock (_gate)
        {
            _listeners = Array.FindAll(_listeners, isKept);
            if (_listeners.Length == 0)
            {
                (stopped, _timer) = (_timer, null);
            }
        }

        stopped?.Dispose();
    }

    private long MoveTo(long now)
    {
        lock (_gate)
        {
            if (now - _beginOfTick >= Tick.Length)
            {
                // The cell first: who sees that the tick has begun does not move it.
                Cell.MoveTo(Tick.Saturate(Tick.Of(now)));
                SharedMemory.WriteRelease(ref _beginOfTick, now - (now % Tick.Length));
            }
        }

        return now;
    }

    /// <summary>The provider's time went back.</summary>
    private long GoOnFrom(long beginOfTick, long now, long origin)
    {
        lock (_gate)
        {
            // Unless another thread has seen the same jump.
            if (_origin == origin)
            {
                SharedMemory.WriteRelease(ref _origin, origin + (beginOfTick - now));
            }
        }

        return beginOfTick;
    }
}
