namespace FastCache.Tests.Unit.Eviction;

/// <summary>The textbook's clock over keys: the oldest goes, unless it was referenced since the hand last passed.</summary>
/// <param name="capacity">The most keys it holds.</param>
/// <param name="chances">How many referenced keys one eviction may spare; none makes it first in, first out.</param>
internal sealed class ReferenceClock(int capacity, int chances)
{
    private readonly List<int> _oldestFirst = [];
    private readonly HashSet<int> _referenced = [];

    /// <summary>Asks for a key.</summary>
    /// <returns>The key that was evicted for it, or null.</returns>
    public int? Ask(int key)
    {
        if (_oldestFirst.Contains(key))
        {
            _referenced.Add(key);
            return null;
        }

        int? evicted = _oldestFirst.Count == capacity ? Evict() : null;
        _oldestFirst.Add(key);
        return evicted;
    }

    public void Remove(int key)
    {
        _oldestFirst.Remove(key);
        _referenced.Remove(key);
    }

    private int Evict()
    {
        for (int left = chances; left > 0 && _referenced.Remove(_oldestFirst[0]); left--)
        {
            _oldestFirst.Add(_oldestFirst[0]);
            _oldestFirst.RemoveAt(0);
        }

        int victim = _oldestFirst[0];
        Remove(victim);
        return victim;
    }
}
