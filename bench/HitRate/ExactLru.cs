namespace FastCache.Bench.HitRate;

/// <summary>Least recently used to the letter: a list of the residents by last use, over arrays indexed by key.</summary>
internal sealed class ExactLru
{
    private const int Absent = -1;

    private readonly int[] _newer;
    private readonly int[] _older;
    private readonly int _end;
    private readonly int _capacity;
    private int _count;

    private ExactLru(int distinctKeys, int capacity)
    {
        _newer = new int[distinctKeys + 1];
        _older = new int[distinctKeys + 1];
        Array.Fill(_newer, Absent);

        // The list is a circle through this place: older than it is the newest, newer than it the oldest.
        _end = distinctKeys;
        _newer[_end] = _end;
        _older[_end] = _end;
        _capacity = capacity;
    }

    public static long CountHits(Trace trace, int capacity)
    {
        ExactLru cache = new(trace.DistinctKeys, capacity);
        long hits = 0;
        foreach (int key in trace.Requests)
        {
            hits += cache.Request(key) ? 1 : 0;
        }

        return hits;
    }

    private bool Request(int key)
    {
        bool hit = _newer[key] != Absent;
        if (hit)
        {
            Unlink(key);
        }
        else if (_count == _capacity)
        {
            int victim = _newer[_end];
            Unlink(victim);
            _newer[victim] = Absent;
        }
        else
        {
            _count++;
        }

        LinkNewest(key);
        return hit;
    }

    private void LinkNewest(int key)
    {
        int newest = _older[_end];
        _older[key] = newest;
        _newer[key] = _end;
        _newer[newest] = key;
        _older[_end] = key;
    }

    private void Unlink(int key)
    {
        _newer[_older[key]] = _newer[key];
        _older[_newer[key]] = _older[key];
    }
}
