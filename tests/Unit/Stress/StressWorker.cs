using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>What one thread does to a cache that others use too.</summary>
internal sealed class StressWorker<TKey, TValue, TShape>
    where TKey : notnull
    where TShape : struct, IStressShape<TKey, TValue>
{
    private readonly Cache<TKey, TValue> _cache;
    private readonly PrivateKeys<TKey, TValue, TShape> _mine;
    private readonly int _sharedKeys;
    private readonly bool _clears;
    private ulong _random;
    private int _counter;

    public StressWorker(Cache<TKey, TValue> cache, StressSetup setup, int thread)
    {
        _cache = cache;
        _sharedKeys = 2 * setup.Capacity;
        _mine = new PrivateKeys<TKey, TValue, TShape>(
            cache, _sharedKeys + (thread * PrivateKeys<TKey, TValue, TShape>.Count));
        _clears = setup.Clears && thread == 0;
        _random = Checksums.Of((int)setup.Seed, thread) | 1;
    }

    /// <summary>Values that were found and validated.</summary>
    public long Hits { get; private set; }

    public long Writes { get; private set; }

    public void Run(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Step();
        }
    }

    private void Step()
    {
        int random = Next();
        int number = Shared(Next());
        TKey key = TShape.Key(number);
        switch (random % 1000)
        {
            case < 500:
                Found(number, _cache.TryGet(key, out TValue? value), value);
                break;
            case < 650:
                Hits += _mine.Step(Next()) ? 1 : 0;
                break;
            case < 780:
                Wrote(_cache.Set(key, Fresh(number)));
                break;
            case < 830:
                Wrote(_cache.TryUpdate(key, Fresh(number)));
                break;
            case < 860:
                Found(number, _cache.TryGet(key, out value), value);
                Wrote(value is not null && _cache.TryUpdate(key, Fresh(number), value));
                break;
            case < 910:
                Found(number, true, _cache.GetOrAdd(key, static (_, state) => TShape.Value(state, 0), number));
                break;
            case < 950:
                Found(number, true, _cache.AddOrUpdate(key, Fresh(number), (_, old) => Newer(number, old)));
                break;
            case < 998:
                Wrote(_cache.TryRemove(key, out value));
                Found(number, value is not null && !value.Equals(default(TValue)), value);
                break;
            case 998:
                Assert.InRange(_cache.Count, 0, _cache.Capacity);
                break;
            default:
                Sweep();
                break;
        }
    }

    /// <summary>The rare operations that see the whole cache.</summary>
    private void Sweep()
    {
        if (_clears && Next() % 8 == 0)
        {
            _cache.Clear();
        }
        else if (Next() % 8 == 0)
        {
            foreach ((TKey key, TValue value) in _cache)
            {
                Found(TShape.NumberOf(key), true, value);
                _mine.Observe(key, value);
            }
        }
    }

    private void Found(int number, bool isPresent, TValue? value)
    {
        if (isPresent)
        {
            TShape.Validate(number, value!);
            Hits++;
        }
    }

    private void Wrote(bool done) => Writes += done ? 1 : 0;

    private TValue Fresh(int number) => TShape.Value(number, ++_counter);

    private TValue Newer(int number, TValue old)
    {
        TShape.Validate(number, old);
        return Fresh(number);
    }

    // Two thirds of the calls go to a tenth of the keys.
    private int Shared(int random) => random % 3 == 0 ? random / 3 % _sharedKeys : random / 3 % (_sharedKeys / 10);

    /// <summary>31 random bits (xorshift, Marsaglia 2003).</summary>
    private int Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return (int)(_random >> 33);
    }
}
