using Microsoft.Extensions.ObjectPool;

namespace FastCache.Loading;

/// <summary>Makes the pool of a cache's flights.</summary>
internal static class FlightPool
{
    public static ObjectPool<Flight<TKey, TValue>> Create<TKey, TValue>()
        where TKey : notnull
    {
        var policy = new Policy<TKey, TValue>();
        return policy.Pool = new DefaultObjectPool<Flight<TKey, TValue>>(policy);
    }

    private sealed class Policy<TKey, TValue> : IPooledObjectPolicy<Flight<TKey, TValue>>
        where TKey : notnull
    {
        public ObjectPool<Flight<TKey, TValue>> Pool { get; set; } = null!;

        public Flight<TKey, TValue> Create() => new(Pool);

        // A flight resets itself, when the last one lets go of it.
        public bool Return(Flight<TKey, TValue> flight) => true;
    }
}
