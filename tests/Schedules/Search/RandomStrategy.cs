using System.Numerics;

namespace FastCache.Tests.Schedules.Search;

/// <summary>Switches at random, in some schedules at every other step and in others seldom.</summary>
internal sealed class RandomStrategy(int seed, int schedules) : IStrategy
{
    private static readonly int[] StepsPerSwitch = [2, 6, 20];

    private Random _random = new(seed);
    private RandomAges _ages;
    private int _begun;
    private int _stepsPerSwitch;

    public string Name => "random";

    public bool TryBegin(int threads)
    {
        _random = new Random((seed * 1_000_003) + _begun);
        _ages = new RandomAges(_random, _begun);
        _stepsPerSwitch = StepsPerSwitch[_random.Next(StepsPerSwitch.Length)];
        return _begun++ < schedules;
    }

    public int Next(int step, int current, uint candidates, bool isForced)
    {
        bool canStay = (candidates >> current & 1) != 0;
        if (canStay && _random.Next(_stepsPerSwitch) != 0)
        {
            return current;
        }

        for (int skipped = _random.Next(BitOperations.PopCount(candidates)); skipped > 0; skipped--)
        {
            candidates &= candidates - 1;
        }

        return BitOperations.TrailingZeroCount(candidates);
    }

    public int Age(int step, int ages) => _ages.Next(ages);
}
