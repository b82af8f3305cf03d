using System.Collections;

namespace FastCache.Persistence.Recovery;

/// <summary>Which entries of a log a cache takes back, if it is known who was in it a while before the end.</summary>
/// <remarks>
/// Going back from the end of the log, first there is what was written since: entries that were known then, and newcomers, most of which a
/// policy with a window would have turned away by now. Of these no more are taken than the window and the free room hold. Then there is what
/// is older: of those who were in the cache, the hottest for whom there is room; of the others, none.
/// </remarks>
internal sealed class PreferredEntries
{
    private readonly BitArray _found;
    private readonly long _capacity;
    private readonly long _maxNewcomers;
    private long _taken;
    private long _newcomers;
    private int _wanted;
    private int _missing = -1;

    /// <param name="count">Entries that are known, by their ranks.</param>
    /// <param name="capacity">Entries that the cache may hold.</param>
    /// <param name="windowShare">How much of it is for newcomers; 0 if the policy makes no difference.</param>
    public PreferredEntries(int count, long capacity, double windowShare)
    {
        _found = new BitArray(count);
        _capacity = capacity;
        _maxNewcomers = windowShare > 0 ? Math.Max(capacity - count, (long)Math.Ceiling(windowShare * capacity)) : long.MaxValue;
    }

    /// <summary>Whether there is nothing left to search for among what is older.</summary>
    public bool AreAllFound
    {
        get
        {
            EndTail();
            return _missing == 0;
        }
    }

    /// <summary>Whether an entry is to be taken back; asked once for each key, from the newest record to the oldest.</summary>
    /// <param name="rank">Its rank; -1 for one that was not known.</param>
    /// <param name="isOlder">Whether its record is older than what is known.</param>
    public bool Takes(int rank, bool isOlder)
    {
        if (isOlder)
        {
            EndTail();
            bool isWanted = rank >= 0 && rank < _wanted;
            _missing -= isWanted ? 1 : 0;
            return isWanted;
        }

        if (rank >= 0)
        {
            _found[rank] = true;
            return true;
        }

        return _newcomers < _maxNewcomers;
    }

    /// <summary>One is in the cache again.</summary>
    /// <param name="rank">Its rank; -1 for one that was not known.</param>
    public void NoteTaken(int rank)
    {
        _taken++;
        _newcomers += rank < 0 ? 1 : 0;
    }

    private void EndTail()
    {
        if (_missing >= 0)
        {
            return;
        }

        _missing = 0;
        for (; _wanted < _found.Count && _missing < _capacity - _taken; _wanted++)
        {
            _missing += _found[_wanted] ? 0 : 1;
        }
    }
}
