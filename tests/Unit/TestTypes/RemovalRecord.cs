namespace FastCache.Tests.Unit.TestTypes;

/// <summary>A listener that remembers what it was told.</summary>
internal sealed class RemovalRecord<TKey, TValue>
    where TKey : notnull
{
    private readonly List<(TKey Key, TValue Value, RemovalCause Cause)> _removals = [];

    /// <summary>Called for each removal, before it is remembered.</summary>
    public RemovalListener<TKey, TValue>? OnRemoval { get; set; }

    /// <summary>Is told what leaves a cache.</summary>
    public RemovalListener<TKey, TValue> Listener => Note;

    public IReadOnlyList<(TKey Key, TValue Value, RemovalCause Cause)> Removals
    {
        get
        {
            lock (_removals)
            {
                return [.. _removals];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_removals)
            {
                return _removals.Count;
            }
        }
    }

    /// <summary>Makes a cache that behaves the same in every run and tells this record what leaves it.</summary>
    public Cache<TKey, TValue> Watch(int capacity, Action<CacheOptions<TKey, TValue>>? configure = null)
    {
        CacheOptions<TKey, TValue> options = Options(capacity);
        configure?.Invoke(options);
        return new Cache<TKey, TValue>(options);
    }

    public CacheOptions<TKey, TValue> Options(int capacity) => new()
    {
        Capacity = capacity,
        ShardCount = 1,
        HashSeed = TestCache.Seed,
        RemovalListener = Listener,
    };

    /// <summary>Makes the same cache with a weigher.</summary>
    public Cache<TKey, TValue> WatchWeighed(
        long limit, Func<TKey, TValue, int> weigher, Action<CacheOptions<TKey, TValue>>? configure = null)
        => Watch(0, options =>
        {
            (options.Weigher, options.WeightLimit, options.Eviction) = (weigher, limit, EvictionPolicy.Lru);
            configure?.Invoke(options);
        });

    private void Note(TKey key, TValue value, RemovalCause cause)
    {
        OnRemoval?.Invoke(key, value, cause);
        lock (_removals)
        {
            _removals.Add((key, value, cause));
        }
    }
}
