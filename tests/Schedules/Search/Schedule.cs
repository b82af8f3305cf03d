using System.Numerics;
using FastCache.Tests.Schedules.Memory;

namespace FastCache.Tests.Schedules.Search;

/// <summary>One run of some threads, step by step, in the order that a strategy chooses.</summary>
internal sealed class Schedule
{
    private readonly IReadOnlyList<ScheduledThread> _threads;
    private readonly IStrategy _strategy;
    private readonly Action? _invariant;
    private readonly int _stepLimit;
    private readonly List<Decision> _decisions = [];
    private readonly List<(int Thread, Access Access)>? _trace;
    private readonly SemaphoreSlim _isOver;
    private int _threadCount;
    private bool _isAborting;
    private string? _fault;

    /// <param name="threads">The threads; those beyond the bodies stay idle.</param>
    /// <param name="isOver">Released when all of them have ended.</param>
    /// <param name="strategy">Chooses.</param>
    /// <param name="invariant">What holds between any two steps.</param>
    /// <param name="stepLimit">More steps mean that nobody gets ahead.</param>
    /// <param name="isTraced">Whether the steps are recorded.</param>
    public Schedule(
        IReadOnlyList<ScheduledThread> threads,
        SemaphoreSlim isOver,
        IStrategy strategy,
        Action? invariant,
        int stepLimit,
        bool isTraced)
    {
        _isOver = isOver;
        _threads = threads;
        _strategy = strategy;
        _invariant = invariant;
        _stepLimit = stepLimit;
        _trace = isTraced ? [] : null;
    }

    /// <summary>The steps made, over all threads.</summary>
    public int Steps { get; private set; }

    /// <summary>What the strategy has chosen, as far as that was not the ordinary course.</summary>
    public IReadOnlyList<Decision> Decisions => _decisions;

    public IReadOnlyList<(int Thread, Access Access)> Trace => _trace ?? [];

    /// <summary>The background loops that its threads have begun; nobody runs them but the scenario.</summary>
    public List<Func<Task>> BackgroundLoops { get; } = [];

    /// <summary>Runs all bodies to their ends.</summary>
    /// <param name="bodies">What each thread does.</param>
    /// <param name="hasWeakMemory">Whether loads may get old values, as far as the accesses' orders allow.</param>
    /// <returns>What was wrong; null: nothing.</returns>
    public string? Run(IReadOnlyList<Action> bodies, bool hasWeakMemory)
    {
        WeakMemory? memory = hasWeakMemory ? new WeakMemory(AgeOf) : null;
        _threadCount = bodies.Count;
        for (int number = 0; number < bodies.Count; number++)
        {
            _threads[number].Prepare(this, bodies[number], memory is null ? null : new View(memory));
        }

        int first = _strategy.Next(step: 0, current: 0, (1u << _threadCount) - 1, isForced: true);
        if (first != 0)
        {
            _decisions.Add(new Decision(0, IsSwitch: true, first));
        }

        _threads[first].GoOn();
        _isOver.Wait();
        for (int number = 0; number < _threadCount && _fault is null; number++)
        {
            _fault = _threads[number].Fault is { } fault ? $"Thread {number} failed: {fault}" : null;
        }

        return _fault;
    }

    /// <summary>A thread is about to make a step.</summary>
    public void Reach(ScheduledThread thread, in Access access)
    {
        if (_isAborting)
        {
            return;
        }

        _trace?.Add((thread.Number, access));
        if (++Steps > _stepLimit)
        {
            Abort($"nobody gets ahead in {_stepLimit} steps.");
        }

        CheckInvariant();
        if (!TryChoose(thread, out int next))
        {
            Abort("a deadlock.");
        }
        else if (next != thread.Number)
        {
            _threads[next].GoOn();
            thread.Pause();
        }

        ThrowIfAborting();
    }

    /// <summary>A thread is about to look again whether another one has done what it waits for.</summary>
    public void GiveWay(ScheduledThread thread, in Access access)
    {
        ThrowIfAborting();
        _strategy.OnGaveWay(thread.Number);
        Reach(thread, access);
    }

    public void ThrowIfAborting()
    {
        if (_isAborting)
        {
            throw new ScheduleAbortedException();
        }
    }

    /// <summary>A thread has come to its end, in its own way or because the schedule was given up.</summary>
    public void OnFinished(ScheduledThread thread)
    {
        _trace?.Add((thread.Number, new Access("end", "", 0)));
        Steps++;
        if (!_isAborting && TryChoose(thread, out int next))
        {
            _threads[next].GoOn();
            return;
        }

        ScheduledThread? unfinished = _threads.Take(_threadCount).FirstOrDefault(static other => !other.IsFinished);
        if (unfinished is null)
        {
            _isOver.Release();
            return;
        }

        if (!_isAborting)
        {
            Abort("a deadlock.");
        }

        // One after the other, each to its end.
        unfinished.GoOn();
    }

    private bool TryChoose(ScheduledThread current, out int next)
    {
        uint candidates = CandidatesAfter(current);
        if (candidates == 0)
        {
            next = -1;
            return false;
        }

        next = BitOperations.IsPow2(candidates)
            ? BitOperations.TrailingZeroCount(candidates)
            : _strategy.Next(Steps, current.Number, candidates, current.IsFinished || current.Condition is not null);
        if (next != OrdinaryNext(current.Number, candidates))
        {
            _decisions.Add(new Decision(Steps, IsSwitch: true, next));
        }

        return true;
    }

    /// <summary>Who goes on if nobody decides otherwise: the same thread; if it cannot, the next one that can.</summary>
    public static int OrdinaryNext(int current, uint candidates)
    {
        uint later = candidates >> current << current;
        return BitOperations.TrailingZeroCount(later != 0 ? later : candidates);
    }

    private uint CandidatesAfter(ScheduledThread current)
    {
        uint able = 0;
        uint willing = 0;
        for (int number = 0; number < _threadCount; number++)
        {
            ScheduledThread thread = _threads[number];
            if (thread.IsFinished || (thread.Condition is { } condition && !condition()))
            {
                continue;
            }

            // What one waits for may have come true with the step of another.
            thread.HasGivenWay &= thread == current || current.HasGivenWay;
            able |= 1u << number;
            willing |= thread.HasGivenWay ? 0 : 1u << number;
        }

        uint others = able & ~(1u << current.Number);
        uint chosen = willing != 0 ? willing : others != 0 ? others : able;
        current.HasGivenWay &= chosen == willing;
        return chosen;
    }

    private int AgeOf(int ages)
    {
        int age = _isAborting ? 0 : _strategy.Age(Steps, ages);
        if (age != 0)
        {
            _decisions.Add(new Decision(Steps, IsSwitch: false, age));
        }

        return age;
    }

    private void CheckInvariant()
    {
        if (_invariant is null)
        {
            return;
        }

        try
        {
            ScheduledThread.Outside(_invariant);
        }
        catch (Exception fault)
        {
            Abort(fault.Message);
        }
    }

    private void Abort(string fault)
    {
        _isAborting = true;
        _fault ??= fault;
    }
}
