using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Soak;

/// <summary>What the caches of one generation are like.</summary>
internal sealed record SoakSetup(EvictionPolicy Policy, int Shards, bool IsWeighed, bool IsPrecise, bool Slides)
{
    /// <summary>The limit at first, and the highest.</summary>
    public const int Limit = 400;

    /// <summary>The keys are the numbers below.</summary>
    public const int Keys = 600;

    public const int HeaviestEntry = 5;

    /// <summary>How long entries live that expire by the options of the cache.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    /// <summary>The setup of a generation: each dimension takes turns at a pace of its own.</summary>
    public static SoakSetup Of(int generation)
        => new(
            (EvictionPolicy)(generation % 3),
            generation % 2 == 0 ? 1 : 4,
            generation / 2 % 2 == 1,
            generation / 3 % 2 == 1,
            generation / 4 % 2 == 1);

    public static int WeightOf(int key) => key % (HeaviestEntry + 1);

    public Cache<int, TValue> Create<TValue>(TimeProvider time, RemovalListener<int, TValue>? listener)
        => ExpiringCache.Of<int, TValue>(time, options =>
        {
            options.Eviction = Policy;
            options.ShardCount = Shards;
            options.Capacity = IsWeighed ? 0 : Limit;
            options.Weigher = IsWeighed ? static (key, _) => WeightOf(key) : null;
            options.WeightLimit = IsWeighed ? Limit : null;
            options.PreciseExpiry = IsPrecise;
            options.ExpireAfterWrite = Slides ? null : Life;
            options.ExpireAfterAccess = Slides ? Life : null;
            options.ExpiryJitter = ExpiringCache.Tick;
            options.CountRequests = true;
            options.RemovalListener = listener;
            options.Loading = new LoadOptions { EagerRefreshThreshold = 0.7, FailSafeMaxDuration = Life, FailSafeThrottle = Life / 4 };
        });
}
