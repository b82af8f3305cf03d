using System.Numerics;

namespace FastCache.Tests.Schedules.Search;

/// <summary>
/// All schedules with at most so many preemptions, fewest first; a switch because a thread cannot go on is free (Musuvathi and
/// Qadeer, "Iterative context bounding for systematic testing of multithreaded programs", PLDI 2007).
/// </summary>
internal sealed class ExhaustiveStrategy(int schedules, int maxPreemptions) : IStrategy
{
    // What was chosen at each point where there was a choice, and from what.
    private readonly List<(int Chosen, List<int> Options)> _path = [];
    private int _depth;
    private int _preemptions;
    private int _begun;

    public string Name => "exhaustive";

    /// <summary>With at most so many preemptions there is no other schedule left.</summary>
    public int CompletedBound { get; private set; } = -1;

    public bool TryBegin(int threads)
    {
        (_depth, _preemptions) = (0, 0);
        if (_begun++ == 0)
        {
            return true;
        }

        if (_begun > schedules)
        {
            return false;
        }

        while (_path.Count > 0 && _path[^1].Chosen == _path[^1].Options.Count - 1)
        {
            _path.RemoveAt(_path.Count - 1);
        }

        if (_path.Count > 0)
        {
            _path[^1] = (_path[^1].Chosen + 1, _path[^1].Options);
            return true;
        }

        CompletedBound++;
        return CompletedBound < maxPreemptions;
    }

    public int Next(int step, int current, uint candidates, bool isForced)
    {
        // Who waits actively could have gone on, and would still wait: that others are tried then has its price, too.
        int ordinary = Schedule.OrdinaryNext(current, candidates);
        if (!isForced && _preemptions > CompletedBound)
        {
            return ordinary;
        }

        if (_depth == _path.Count)
        {
            _path.Add((0, OptionsFrom(current, candidates)));
        }

        (int chosen, List<int> options) = _path[_depth++];
        if (!isForced && options[chosen] != ordinary)
        {
            _preemptions++;
        }

        return options[chosen];
    }

    /// <summary>The ordinary one first.</summary>
    private static List<int> OptionsFrom(int current, uint candidates)
    {
        List<int> options = [];
        while (candidates != 0)
        {
            int next = Schedule.OrdinaryNext(current, candidates);
            options.Add(next);
            candidates &= ~(1u << next);
        }

        return options;
    }
}
