using FastCache.Tests.Properties.Model;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>How the cache of a program is made, and which keys the program uses.</summary>
/// <param name="Keys">How many keys: 0, 1, ...</param>
internal sealed record ProgramSetup(int Keys)
{
    public int Capacity { get; init; } = 64;

    public int ShardCount { get; init; } = 1;

    public EvictionPolicy Eviction { get; init; }

    public int HashSeed { get; init; }

    /// <summary>How many hash codes there are; 0: as many as keys.</summary>
    public int HashCodes { get; init; }

    /// <summary>Whether somebody is told what leaves the cache: values are then replaced inside turns.</summary>
    public bool IsListened { get; init; }

    /// <summary>Whether entries have weights, all of them 1.</summary>
    public bool IsWeighed { get; init; }

    public Expiring Expiring { get; init; }

    /// <summary>Milliseconds; null for none.</summary>
    public int? AfterWrite { get; init; }

    /// <summary>Milliseconds; null for none.</summary>
    public int? AfterAccess { get; init; }

    /// <summary>The keys that are there before the threads begin, one bit each.</summary>
    public int Prefilled { get; init; }

    /// <summary>Whether there is not room for everything.</summary>
    public bool MayEvict { get; init; }

    /// <summary>The value of a key that is there before the threads begin.</summary>
    public static int PrefilledValue(int key) => key + 1;

    public bool IsPrefilled(int key) => (Prefilled & (1 << key)) != 0;

    public Cache<TKey, TValue> Create<TKey, TValue, TShape>(TimeProvider time)
        where TKey : notnull
        where TShape : struct, IShape<TKey, TValue>
        => new(new CacheOptions<TKey, TValue>
        {
            Capacity = IsWeighed ? 0 : Capacity,
            WeightLimit = IsWeighed ? Capacity : null,
            Weigher = IsWeighed ? static (_, _) => 1 : null,
            ShardCount = ShardCount,
            Eviction = Eviction,
            HashSeed = HashSeed,
            Comparer = HashCodes == 0 ? null : new FewHashCodes<TKey, TValue, TShape>(HashCodes),
            RemovalListener = IsListened ? static (_, _, _) => { } : null,
            TimeProvider = time,
            PreciseExpiry = Expiring == Expiring.Precisely,
            ExpireAfterWrite = AfterWrite is { } write ? TimeSpan.FromMilliseconds(write) : null,
            ExpireAfterAccess = AfterAccess is { } access ? TimeSpan.FromMilliseconds(access) : null,
        });

    /// <summary>The cache as C#.</summary>
    public override string ToString()
    {
        string[] options =
        [
            IsWeighed ? $"WeightLimit = {Capacity}, Weigher = (_, _) => 1" : $"Capacity = {Capacity}",
            $"ShardCount = {ShardCount}",
            $"Eviction = EvictionPolicy.{Eviction}",
            $"HashSeed = {HashSeed}",
            HashCodes == 0 ? "" : $"Comparer = /* {HashCodes} hash codes */",
            IsListened ? "RemovalListener = (_, _, _) => { }" : "",
            Expiring == Expiring.Never ? "" : "TimeProvider = time",
            Expiring == Expiring.Precisely ? "PreciseExpiry = true" : "",
            AfterWrite is { } write ? $"ExpireAfterWrite = TimeSpan.FromMilliseconds({write})" : "",
            AfterAccess is { } access ? $"ExpireAfterAccess = TimeSpan.FromMilliseconds({access})" : "",
        ];
        return $"var cache = new Cache<int, int>(new CacheOptions<int, int> {{ {string.Join(", ", options.Where(option => option.Length > 0))} }});";
    }
}
