using FastCache.Threading;

namespace FastCache.Loading;

/// <summary>The loads in progress of one shard, by a part of their keys' hashes.</summary>
/// <remarks>
/// Chained, with room that grows. Everything inside turns, but <see cref="Count"/>. Keys are not compared here: that is user
/// code. Those who invalidate go by the hash, and at worst a load of another key is not kept.
/// </remarks>
internal struct FlightTable<TKey, TValue>
    where TKey : notnull
{
    private const int InitialBuckets = 8;

    // Made for the first load.
    private Flight<TKey, TValue>?[]? _buckets;
    private int _count;

    /// <summary>How many there are. Any thread.</summary>
    public int Count => SharedMemory.ReadAcquire(ref _count);

    public readonly Flight<TKey, TValue>? First(uint position)
        => _buckets is null ? null : Matching(_buckets[BucketOf(position)], position);

    /// <summary>The next one of the same part of a hash.</summary>
    public static Flight<TKey, TValue>? After(Flight<TKey, TValue> flight) => Matching(flight.Next, flight.Position);

    public void Add(Flight<TKey, TValue> flight)
    {
        _buckets ??= new Flight<TKey, TValue>?[InitialBuckets];
        if (_count >= _buckets.Length)
        {
            Grow();
        }

        Link(flight);
        flight.IsListed = true;
        SharedMemory.WriteRelease(ref _count, _count + 1);
    }

    public void Remove(Flight<TKey, TValue> flight)
    {
        ref Flight<TKey, TValue>? bucket = ref _buckets![BucketOf(flight.Position)];
        if (bucket == flight)
        {
            bucket = flight.Next;
        }
        else
        {
            Flight<TKey, TValue> before = bucket!;
            while (before.Next != flight)
            {
                before = before.Next!;
            }

            before.Next = flight.Next;
        }

        flight.Next = null;
        flight.IsListed = false;
        SharedMemory.WriteRelease(ref _count, _count - 1);
    }

    /// <summary>Adds all of them to a list.</summary>
    public readonly void CopyTo(List<Flight<TKey, TValue>> flights)
    {
        foreach (Flight<TKey, TValue>? first in _buckets ?? [])
        {
            for (Flight<TKey, TValue>? flight = first; flight is not null; flight = flight.Next)
            {
                flights.Add(flight);
            }
        }
    }

    private static Flight<TKey, TValue>? Matching(Flight<TKey, TValue>? flight, uint position)
    {
        while (flight is not null && flight.Position != position)
        {
            flight = flight.Next;
        }

        return flight;
    }

    private readonly int BucketOf(uint position) => (int)(position & (uint)(_buckets!.Length - 1));

    private readonly void Link(Flight<TKey, TValue> flight)
    {
        ref Flight<TKey, TValue>? bucket = ref _buckets![BucketOf(flight.Position)];
        flight.Next = bucket;
        bucket = flight;
    }

    private void Grow()
    {
        var flights = new List<Flight<TKey, TValue>>(_count);
        CopyTo(flights);
        _buckets = new Flight<TKey, TValue>?[_buckets!.Length * 2];
        foreach (Flight<TKey, TValue> flight in flights)
        {
            Link(flight);
        }
    }
}
