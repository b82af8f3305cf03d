namespace FastCache.Tests.Unit.Stress;

/// <summary>One cache of a stress run.</summary>
internal sealed record StressSetup(
    EvictionPolicy Eviction, int Capacity, int InitialCapacity, int? ShardCount, bool Clears, long Seed)
{
    private static readonly int[] Capacities = [1000, 2000, 5000, 20_000];

    /// <summary>The setup of a round: policies, sizes and shards take turns; every fourth cache is cleared now and then.</summary>
    public static StressSetup Of(int round, long seed)
    {
        int capacity = Capacities[round % Capacities.Length];
        return new StressSetup(
            (EvictionPolicy)(round % 3),
            capacity,
            round % 5 == 4 ? capacity : 0,
            round % 2 == 0 ? 1 : null,
            round % 4 == 3,
            seed + round);
    }

    public Cache<TKey, TValue> Create<TKey, TValue>(IEqualityComparer<TKey>? comparer)
        where TKey : notnull
        => new(new CacheOptions<TKey, TValue>
        {
            Capacity = Capacity,
            InitialCapacity = InitialCapacity,
            ShardCount = ShardCount,
            Eviction = Eviction,
            HashSeed = Seed,
            Comparer = comparer,
        });
}
