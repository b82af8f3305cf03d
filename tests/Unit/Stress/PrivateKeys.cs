using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>Keys that one thread alone writes. It knows what it may find: exactly what it wrote last, or nothing.</summary>
internal sealed class PrivateKeys<TKey, TValue, TShape>(Cache<TKey, TValue> cache, int firstNumber)
    where TKey : notnull
    where TShape : struct, IStressShape<TKey, TValue>
{
    public const int Count = 64;

    private readonly int[] _last = new int[Count];
    private readonly bool[] _mayBePresent = new bool[Count];
    private int _counter;

    /// <summary>Does one thing with one of the keys. Returns whether a value was found and validated.</summary>
    public bool Step(int random)
    {
        int index = random % Count;
        TKey key = TShape.Key(firstNumber + index);
        switch ((random / Count) % 10)
        {
            case < 5:
                return Observe(index, cache.TryGet(key, out TValue? value), value);
            case 5 or 6:
                cache.Set(key, Next(index));
                _mayBePresent[index] = true;
                return Observe(index, cache.TryPeek(key, out value), value);
            case 7:
                return Update(index, key);
            case 8:
                Observe(index, cache.TryRemove(key, out value), value);
                _mayBePresent[index] = false;
                return Observe(index, cache.TryPeek(key, out value), value);
            default:
                int made = _counter + 1;
                int got = TShape.Validate(firstNumber + index, cache.GetOrAdd(key, _ => Next(index)));
                Assert.True(got == made || (_mayBePresent[index] && got == _last[index]), $"key {key}: {got} is not the last value");
                _last[index] = got;
                _mayBePresent[index] = true;
                return got != made;
        }
    }

    /// <summary>Says what was found of a key, if it is one of these.</summary>
    public bool Observe(TKey key, TValue value)
    {
        int index = TShape.NumberOf(key) - firstNumber;
        return index is >= 0 and < Count && Observe(index, isPresent: true, value);
    }

    private bool Update(int index, TKey key)
    {
        int before = _last[index];
        TValue old = TShape.Value(firstNumber + index, before);
        TValue next = Next(index);
        bool isUpdated = _counter % 2 == 0 ? cache.TryUpdate(key, next) : cache.TryUpdate(key, next, old);
        if (isUpdated)
        {
            Assert.True(_mayBePresent[index], $"key {key} was updated after it was removed");
            return Observe(index, cache.TryPeek(key, out TValue? value), value);
        }

        // Nobody else writes the key, so the only reason is that it is absent.
        _last[index] = before;
        _mayBePresent[index] = false;
        return Observe(index, cache.TryPeek(key, out TValue? found), found);
    }

    private TValue Next(int index)
    {
        _last[index] = ++_counter;
        return TShape.Value(firstNumber + index, _counter);
    }

    private bool Observe(int index, bool isPresent, TValue? value)
    {
        if (!isPresent)
        {
            // Evicted or cleared: it cannot come back by itself.
            _mayBePresent[index] = false;
            return false;
        }

        int counter = TShape.Validate(firstNumber + index, value!);
        Assert.True(_mayBePresent[index], $"key {firstNumber + index}: {counter} was found after the key was gone");
        Assert.True(counter == _last[index], $"key {firstNumber + index}: found {counter}, last written {_last[index]}");
        return true;
    }
}
