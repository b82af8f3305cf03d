using Xunit;
using static FastCache.Tests.Properties.Model.OperationKind;

namespace FastCache.Tests.Properties.Model;

/// <summary>Runs a program on a cache and on a dictionary side by side.</summary>
/// <remarks>
/// After each operation the dictionary is told what was evicted, so it knows the content exactly and every outcome has
/// one right answer. What may be evicted, and when, is part of what is verified.
/// </remarks>
internal sealed class ReferenceRun<TKey, TValue, TShape>(Setup setup) : IDisposable
    where TKey : notnull
    where TShape : struct, IShape<TKey, TValue>
{
    private readonly Cache<TKey, TValue> _cache = setup.Create<TKey, TValue, TShape>();
    private readonly Dictionary<TKey, TValue> _reference = [];
    private int _added;

    public static void Run(CacheProgram program)
    {
        using var run = new ReferenceRun<TKey, TValue, TShape>(program.Setup);
        foreach (Operation operation in program.Operations)
        {
            run.Step(operation);
        }
    }

    public void Dispose() => _cache.Dispose();

    private void Step(Operation operation)
    {
        _added = 0;
        int before = _reference.Count;
        switch (operation.Kind)
        {
            case TryGet or TryPeek or ContainsKey:
                Read(operation, TShape.Key(operation.Key));
                break;
            case TryRemove or TryRemoveValue or TryRemovePair:
                Remove(operation, TShape.Key(operation.Key));
                break;
            case Clear or GetMany or SetMany or RemoveMany or Enumerate or Count:
                ActOnMany(operation);
                break;
            default:
                Write(operation, TShape.Key(operation.Key));
                Assert.True(_added == 0 || _cache.ContainsKey(TShape.Key(operation.Key)), "what was just added is there");
                break;
        }

        ForgetEvicted(before);
        VerifyContent();
        _cache.AssertConsistent();
    }

    private void Read(Operation operation, TKey key)
    {
        bool isPresent = _reference.TryGetValue(key, out TValue? expected);
        TValue? value = expected;
        bool found = operation.Kind switch
        {
            TryGet => _cache.TryGet(key, out value),
            TryPeek => _cache.TryPeek(key, out value),
            _ => _cache.ContainsKey(key),
        };
        Assert.Equal(isPresent, found);
        Assert.Equal(expected, value);
    }

    private void Write(Operation operation, TKey key)
    {
        TValue value = Value(operation.Key, operation.Digit);
        TValue other = Value(operation.Key, operation.Other);
        bool isPresent = _reference.TryGetValue(key, out TValue? present);
        switch (operation.Kind)
        {
            case Set:
                Assert.True(_cache.Set(key, value));
                Expect(key, value);
                break;
            case TryAdd:
                Assert.Equal(!isPresent, _cache.TryAdd(key, value));
                Expect(key, isPresent ? present! : value);
                break;
            case TryUpdate:
                Assert.Equal(isPresent, _cache.TryUpdate(key, value));
                ExpectIf(isPresent, key, value);
                break;
            case TryUpdateIf:
                bool matches = isPresent && IsSame(present, other);
                Assert.Equal(matches, _cache.TryUpdate(key, value, other));
                ExpectIf(matches, key, value);
                break;
            case AddOrUpdate:
                var seen = new List<KeyValuePair<TKey, TValue>>();
                Assert.Equal(isPresent ? other : value, _cache.AddOrUpdate(key, value, (factoryKey, old) =>
                {
                    seen.Add(new(factoryKey, old));
                    return other;
                }));
                Assert.Equal(isPresent ? [new(key, present!)] : [], seen);
                Expect(key, isPresent ? other : value);
                break;
            default:
                int made = 0;
                TValue result = operation.Kind == GetOrAdd
                    ? _cache.GetOrAdd(key, _ => Make(value))
                    : _cache.GetOrAdd(key, (_, state) => Make(state), value);
                Assert.Equal(isPresent ? present : value, result);
                Assert.Equal(isPresent ? 0 : 1, made);
                Expect(key, result);
                break;

                TValue Make(TValue fresh)
                {
                    made++;
                    return fresh;
                }
        }
    }

    private void Remove(Operation operation, TKey key)
    {
        TValue value = Value(operation.Key, operation.Digit);
        bool isPresent = _reference.TryGetValue(key, out TValue? present);
        bool expected = operation.Kind == TryRemovePair
            ? isPresent && IsSame(present, value)
            : isPresent;
        TValue? removed = present;
        Assert.Equal(expected, operation.Kind switch
        {
            TryRemove => _cache.TryRemove(key),
            TryRemoveValue => _cache.TryRemove(key, out removed),
            _ => _cache.TryRemove(KeyValuePair.Create(key, value)),
        });
        Assert.Equal(present, removed);
        if (expected)
        {
            _reference.Remove(key);
        }
    }

    private void ActOnMany(Operation operation)
    {
        TKey[] keys = [.. operation.Keys.Select(TShape.Key)];
        switch (operation.Kind)
        {
            case Clear:
                _cache.Clear();
                _reference.Clear();
                break;
            case GetMany:
                IEnumerable<TKey> present = keys.Distinct().Where(_reference.ContainsKey);
                Assert.Equal(present.ToDictionary(key => key, key => _reference[key]), _cache.GetMany(keys));
                break;
            case SetMany:
                KeyValuePair<TKey, TValue>[] entries = [.. operation.Keys.Select(
                    number => KeyValuePair.Create(TShape.Key(number), Value(number, operation.Digit)))];
                Assert.Equal(entries.Length, _cache.SetMany(entries));
                foreach ((TKey key, TValue value) in entries)
                {
                    Expect(key, value);
                }

                // The first key may have been evicted before it came again.
                _added += _cache.Count == setup.Capacity || setup.ShardCount > 1 || setup.Collides ? 1 : 0;
                break;
            case RemoveMany:
                Assert.Equal(keys.Distinct().Count(_reference.Remove), _cache.RemoveMany(keys));
                break;
            case Enumerate:
                Assert.Equal(_reference, _cache.ToDictionary());
                break;
            case Count:
                Assert.Equal(_reference.Count, _cache.Count);
                break;
        }
    }

    private void Expect(TKey key, TValue value)
    {
        _added += _reference.ContainsKey(key) ? 0 : 1;
        _reference[key] = value;
    }

    private void ExpectIf(bool condition, TKey key, TValue value)
    {
        if (condition)
        {
            Expect(key, value);
        }
    }

    /// <summary>Only what adds may evict, and no more than it must.</summary>
    private void ForgetEvicted(int before)
    {
        if (_added == 0 && before == _reference.Count && _cache.Count == before)
        {
            return;
        }

        TKey[] evicted = [.. _reference.Keys.Where(key => !_cache.ContainsKey(key))];
        if (setup.NeverEvicts)
        {
            Assert.Empty(evicted);
        }
        else if (setup.Collides)
        {
            // One for the capacity, one for the neighbourhood.
            Assert.InRange(evicted.Length, 0, 2 * _added);
        }
        else
        {
            Assert.InRange(evicted.Length, Math.Max(0, before + _added - setup.Capacity - 1), _added);
        }

        if (setup is { ShardCount: 1, Collides: false } && _added > 0)
        {
            Assert.Equal(Math.Min(setup.Capacity, _reference.Count), _cache.Count);
        }

        foreach (TKey key in evicted)
        {
            _reference.Remove(key);
        }
    }

    private void VerifyContent()
    {
        Assert.InRange(_cache.Count, 0, setup.Capacity);
        Assert.Equal(_reference.Count, _cache.Count);
        int seen = 0;
        foreach ((TKey key, TValue value) in _cache)
        {
            Require(_reference.TryGetValue(key, out TValue? expected) && IsSame(expected, value), key, value);
            seen++;
        }

        Assert.Equal(_reference.Count, seen);
        foreach ((TKey key, TValue expected) in _reference)
        {
            Require(_cache.TryPeek(key, out TValue? value) && IsSame(expected, value), key, value);
        }

        Assert.False(_cache.ContainsKey(TShape.Key(setup.Universe)));
    }

    private static bool IsSame(TValue? x, TValue? y) => EqualityComparer<TValue>.Default.Equals(x, y);

    private void Require(bool condition, TKey key, TValue? value)
    {
        // Called for every entry after every operation, where the assertions of the framework take too long.
        if (!condition)
        {
            Assert.Fail($"{key} is {value} in the cache and {_reference.GetValueOrDefault(key)} in the dictionary");
        }
    }

    private static TValue Value(int key, int digit) => TShape.Value(Operation.ValueOf(key, digit));
}
