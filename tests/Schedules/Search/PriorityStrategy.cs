namespace FastCache.Tests.Schedules.Search;

/// <summary>
/// Random priorities, lowered at a few random steps: finds an interleaving that needs d orderings with a probability that has a lower bound
/// (Burckhardt et al., "A randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010).
/// </summary>
internal sealed class PriorityStrategy(int seed, int schedules, int steps) : IStrategy
{
    private const int MaxDepth = 4;

    private readonly HashSet<int> _changes = [];
    private Random _random = new(seed);
    private int[] _priorities = [];
    private int _lowest;
    private RandomAges _ages;
    private int _begun;

    public string Name => "priorities";

    public bool TryBegin(int threads)
    {
        _random = new Random((seed * 1_000_003) + _begun);
        _ages = new RandomAges(_random, _begun);
        _priorities = [.. Enumerable.Range(1, threads)];
        _random.Shuffle(_priorities);
        _lowest = 0;
        _changes.Clear();
        for (int depth = _random.Next(1, MaxDepth + 1); depth > 1; depth--)
        {
            _changes.Add(_random.Next(1, steps + 1));
        }

        return _begun++ < schedules;
    }

    public int Next(int step, int current, uint candidates, bool isForced)
    {
        if (_changes.Contains(step))
        {
            OnGaveWay(current);
        }

        int best = -1;
        for (int thread = 0; thread < _priorities.Length; thread++)
        {
            if ((candidates >> thread & 1) != 0 && (best < 0 || _priorities[thread] > _priorities[best]))
            {
                best = thread;
            }
        }

        return best;
    }

    public void OnGaveWay(int thread) => _priorities[thread] = --_lowest;

    public int Age(int step, int ages) => _ages.Next(ages);
}
