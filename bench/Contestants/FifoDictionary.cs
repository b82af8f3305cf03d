using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace FastCache.Bench.Contestants;

/// <summary>
/// The cheapest bounded cache that one can build on <see cref="ConcurrentDictionary{TKey, TValue}"/>: a ring of the keys
/// in the order of their arrival; a newcomer takes the next place and pushes out the key that arrived a capacity earlier.
/// </summary>
/// <remarks>
/// It forgives itself what a library could not. The count exceeds the capacity by the inserts in flight, and an update
/// that races with the eviction of its key leaves an entry that the ring no longer knows. Both make it faster.
/// </remarks>
internal sealed class FifoDictionary
{
    private readonly ConcurrentDictionary<long, object> _dictionary;
    private readonly long[] _ring;
    private readonly int _mask;
    private readonly int _capacity;
    private long _arrivals;

    public FifoDictionary(int capacity)
    {
        _capacity = capacity;
        _dictionary = new ConcurrentDictionary<long, object>(-1, capacity);

        // A power of two costs a little memory and saves a division per insert.
        _ring = new long[(int)BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _ring.Length - 1;
    }

    public int Count => _dictionary.Count;

    public bool TryGet(long key, [NotNullWhen(true)] out object? value) => _dictionary.TryGetValue(key, out value);

    public void Set(long key, object value)
    {
        if (!_dictionary.TryAdd(key, value))
        {
            _dictionary[key] = value;
            return;
        }

        // The ticket gives its owner two places nobody else uses until the ring has gone round.
        long arrival = Interlocked.Increment(ref _arrivals) - 1;
        long oldest = arrival - _capacity;
        long evicted = _ring[(int)oldest & _mask];
        _ring[(int)arrival & _mask] = key;
        if (oldest >= 0)
        {
            _dictionary.TryRemove(evicted, out _);
        }
    }
}
