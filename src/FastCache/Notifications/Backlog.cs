using FastCache.Threading;

namespace FastCache.Notifications;

/// <summary>How many events have not been delivered yet, and the writers that wait for there to be fewer.</summary>
/// <remarks>Events are added by any thread, also inside turns, and removed by one at a time.</remarks>
internal sealed class Backlog
{
    private readonly int _limit;
    private readonly int _relief;

    // Nothing else is taken while it is held.
    private readonly object _gate = new();
    private int _count;
    private int _reliefs;

    /// <param name="limit">More than this many are too many; half of it are few again.</param>
    public Backlog(int limit)
    {
        _limit = limit;
        _relief = limit / 2;
    }

    public int Count => SharedMemory.ReadAcquire(ref _count);

    public void Add() => SharedMemory.Increment(ref _count);

    /// <summary>Wakes those who wait, if there are few now.</summary>
    public void Remove()
    {
        // Steps of one: on its way down the count does not miss this value.
        if (SharedMemory.Decrement(ref _count) == _relief)
        {
            lock (_gate)
            {
                _reliefs++;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>If there are too many events, waits until there have been few. Outside any turn.</summary>
    public void AwaitRoom()
    {
        if (Count > _limit && !ListenerFlow.IsCurrent)
        {
            AwaitRelief();
        }
    }

    private void AwaitRelief()
    {
        lock (_gate)
        {
            // Once is enough: whoever had to see few events himself could be kept waiting by those who add more.
            int reliefs = _reliefs;
            while (Count > _relief && _reliefs == reliefs)
            {
                Monitor.Wait(_gate);
            }
        }
    }
}
