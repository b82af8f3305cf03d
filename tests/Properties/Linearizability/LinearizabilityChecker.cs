namespace FastCache.Tests.Properties.Linearizability;

/// <summary>
/// Decides whether what happened to one key can be put into an order that a sequential run would have: one that keeps to the order of
/// calls of which one had ended before the other began.
/// </summary>
/// <remarks>
/// The search of Wing and Gong (1993) with Lowe's memory (2017): a configuration that was tried before, the same phases in effect and the
/// same state, is not tried again. Keys are looked at one by one: linearizability is local (Herlihy and Wing, 1990). What concerns all
/// keys is a call of each of them, and not atomic across them.
/// </remarks>
internal sealed class LinearizabilityChecker
{
    private readonly Specification _specification;
    private readonly Phase[][] _threads;
    private readonly HashSet<Configuration> _tried = [];
    private readonly Stack<Configuration> _open = new();
    private readonly List<Step> _steps = [];

    private LinearizabilityChecker(Specification specification, Phase[][] threads)
        => (_specification, _threads) = (specification, threads);

    /// <summary>The first key of which a history cannot be explained; null if there is none.</summary>
    public static int? FindFault(History history, ProgramSetup setup)
    {
        var specification = new Specification(setup);
        for (int key = 0; key < setup.Keys; key++)
        {
            if (!IsLinearizable(history, key, specification))
            {
                return key;
            }
        }

        return null;
    }

    public static bool IsLinearizable(History history, int key, Specification specification)
        => new LinearizabilityChecker(specification, history.PhasesOf(key)).Search();

    private bool Search()
    {
        Open(new int[_threads.Length], new Progress[_threads.Length], new CacheState());
        while (_open.TryPop(out Configuration? configuration))
        {
            if (IsComplete(configuration))
            {
                return true;
            }

            long firstEnd = FirstEnd(configuration.Positions);
            for (int thread = 0; thread < _threads.Length; thread++)
            {
                if (IsPossible(configuration.Positions, thread, firstEnd))
                {
                    Expand(configuration, thread);
                }
            }
        }

        return false;
    }

    private void Expand(Configuration configuration, int thread)
    {
        Phase phase = _threads[thread][configuration.Positions[thread]];
        _steps.Clear();
        _specification.AddSteps(phase, configuration.State, configuration.Progress[thread], _steps);
        foreach (Step step in _steps)
        {
            bool isDone = step.Answer.Kind != AnswerKind.Pending;
            if (isDone && !phase.IsPending && step.Answer != phase.Answer)
            {
                continue;
            }

            int[] positions = [.. configuration.Positions];
            Progress[] progress = [.. configuration.Progress];
            positions[thread] += isDone ? 1 : 0;
            progress[thread] = isDone ? default : step.Progress;
            if (step.EndsLoad)
            {
                Tell(progress, thread, step.Answer);
            }

            Open(positions, progress, step.State);
        }
    }

    /// <summary>Those who have joined a load learn of its outcome.</summary>
    private static void Tell(Progress[] progress, int loader, Answer loaded)
    {
        for (int thread = 0; thread < progress.Length; thread++)
        {
            if (progress[thread].Joined == loader + 1 && progress[thread].Loaded.Kind == AnswerKind.Pending)
            {
                progress[thread] = progress[thread] with { Loaded = loaded };
            }
        }
    }

    private void Open(int[] positions, Progress[] progress, in CacheState state)
    {
        // The earlier a call begins, the more may come of it.
        long firstEnd = FirstEnd(positions);
        for (int thread = 0; thread < positions.Length; thread++)
        {
            if (!progress[thread].HasBegun && IsPossible(positions, thread, firstEnd))
            {
                progress[thread] = _specification.Begin(state);
            }
        }

        var configuration = new Configuration(positions, progress, state);
        if (_tried.Add(configuration))
        {
            _open.Push(configuration);
        }
    }

    /// <summary>Whether a thread's next phase may take effect before all others that have not.</summary>
    private bool IsPossible(int[] positions, int thread, long firstEnd)
        => positions[thread] < _threads[thread].Length && _threads[thread][positions[thread]].From < firstEnd;

    private long FirstEnd(int[] positions)
    {
        long first = Call.Never;
        for (int thread = 0; thread < positions.Length; thread++)
        {
            if (positions[thread] < _threads[thread].Length)
            {
                first = Math.Min(first, _threads[thread][positions[thread]].To);
            }
        }

        return first;
    }

    private bool IsComplete(Configuration configuration) => FirstEnd(configuration.Positions) == Call.Never;
}
