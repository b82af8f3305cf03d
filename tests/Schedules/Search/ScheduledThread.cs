using FastCache.Tests.Schedules.Memory;

namespace FastCache.Tests.Schedules.Search;

/// <summary>A thread that makes a step only when its schedule says so.</summary>
/// <remarks>A real one, kept for many schedules: the cache's code runs on it as it is. Only one of a schedule runs at a time.</remarks>
internal sealed class ScheduledThread : IDisposable
{
    [ThreadStatic]
    private static ScheduledThread? t_current;

    private readonly SemaphoreSlim _gate = new(0);
    private readonly Thread _thread;
    private Schedule? _schedule;
    private Action? _body;
    private volatile bool _isDisposed;

    public ScheduledThread(int number)
    {
        Number = number;
        _thread = new Thread(Run) { IsBackground = true, Name = $"schedule {number}" };
        _thread.Start();
    }

    /// <summary>The one that runs on this thread; null on all others.</summary>
    public static ScheduledThread? Current => t_current;

    public int Number { get; }

    /// <summary>What it sees of a simulated memory; null: the real one.</summary>
    public View? View { get; private set; }

    /// <summary>What it waits for; null: nothing.</summary>
    public Func<bool>? Condition { get; private set; }

    /// <summary>Whether it spins, and others are to make a step first.</summary>
    public bool HasGivenWay { get; set; }

    public bool IsFinished { get; private set; }

    public Exception? Fault { get; private set; }

    public void Prepare(Schedule schedule, Action body, View? view)
    {
        (_schedule, _body, View) = (schedule, body, view);
        (Condition, HasGivenWay, IsFinished, Fault) = (null, false, false, null);
    }

    /// <summary>Does something that is no step of any schedule.</summary>
    public static void Outside(Action action)
    {
        ScheduledThread? current = t_current;
        t_current = null;
        try
        {
            action();
        }
        finally
        {
            t_current = current;
        }
    }

    /// <summary>Lets it go on; the caller stops soon.</summary>
    public void GoOn() => _gate.Release();

    /// <summary>Lets others go on until it is this one's turn again.</summary>
    public void Pause() => _gate.Wait();

    /// <summary>Whether another thread belongs to the same schedule.</summary>
    public bool IsTogetherWith(ScheduledThread? other) => other is not null && other._schedule == _schedule;

    /// <summary>Begins a loop in the background.</summary>
    public void Begin(Func<Task> loop) => _schedule!.BackgroundLoops.Add(loop);

    /// <summary>A point at which another thread may go on.</summary>
    public void Reach(in Access access) => _schedule!.Reach(this, access);

    /// <summary>A point at which another thread should go on.</summary>
    public void GiveWay(in Access access)
    {
        HasGivenWay = true;
        _schedule!.GiveWay(this, access);
    }

    /// <summary>A point from which this thread goes on when a condition holds. Others' steps that made it true have been seen then.</summary>
    public void WaitUntil(Func<bool> condition, in Access access)
    {
        Condition = condition;
        Reach(access);
        Condition = null;
        _schedule!.ThrowIfAborting();
        View?.FullFence();
    }

    public void Dispose()
    {
        _isDisposed = true;
        GoOn();
        _thread.Join();
        _gate.Dispose();
    }

    private void Run()
    {
        t_current = this;
        while (true)
        {
            Pause();
            if (_isDisposed)
            {
                return;
            }

            try
            {
                _body!();
            }
            catch (ScheduleAbortedException)
            {
                // The schedule knows why.
            }
            catch (Exception fault)
            {
                Fault = fault;
            }

            IsFinished = true;
            _schedule!.OnFinished(this);
        }
    }
}
