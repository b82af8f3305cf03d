using FastCache.Tests.Properties.Linearizability;
using FastCache.Tests.Schedules.Search;

namespace FastCache.Tests.Schedules.Linearizability;

/// <summary>Runs the threads of a program step by step: each time in another order, and in the same orders if all is repeated.</summary>
/// <remarks>
/// With the real memory: what a call has done is seen by calls that begin later, which memory that reorders does not promise without more.
/// </remarks>
internal sealed class ScheduledThreads : IThreads, IDisposable
{
    private const int MaxThreads = 4;
    private const int StepLimit = 50_000;
    private const int UsualSteps = 300;
    private const int Seed = 1;

    private readonly ScheduledThread[] _threads = [.. Enumerable.Range(0, MaxThreads).Select(static number => new ScheduledThread(number))];
    private readonly SemaphoreSlim _isOver = new(0);
    private readonly RandomStrategy _random = new(Seed, schedules: int.MaxValue);
    private readonly PriorityStrategy _priorities = new(Seed, schedules: int.MaxValue, UsualSteps);
    private int _runs;

    public void Run(IReadOnlyList<Action> bodies)
    {
        IStrategy strategy = _runs++ % 2 == 0 ? _priorities : _random;
        strategy.TryBegin(bodies.Count);
        string? fault = new Schedule(_threads, _isOver, strategy, invariant: null, StepLimit, isTraced: false).Run(bodies, hasWeakMemory: false);
        if (fault is not null)
        {
            throw new InvalidOperationException(fault);
        }
    }

    public void Pause(int length)
    {
        for (int pause = 0; pause < length; pause++)
        {
            ScheduledThread.Current?.GiveWay(new Access("pause", "", 0));
        }
    }

    public void Wait(Task task)
    {
        ScheduledThread.Current?.WaitUntil(() => task.IsCompleted, new Access("wait for a task", "", 0));
        task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        foreach (ScheduledThread thread in _threads)
        {
            thread.Dispose();
        }

        _isOver.Dispose();
    }
}
