using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Properties.Tagging;

/// <summary>How the cache of a program is made; it has room for all keys.</summary>
/// <param name="Shards">How many shards it has.</param>
/// <param name="IsPrecise">Whether time is precise.</param>
/// <param name="IsWeighed">Whether it has a weigher.</param>
/// <param name="IsTelling">Whether it has a listener.</param>
/// <param name="IsSliding">Whether entries expire after their last access, after longer than a program takes.</param>
/// <param name="KeepsStale">Whether expired values are kept for loads that fail.</param>
internal sealed record TagSetup(int Shards, bool IsPrecise, bool IsWeighed, bool IsTelling, bool IsSliding, bool KeepsStale)
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    public Cache<int, int> Create(ManualTimeProvider time)
        => new(new CacheOptions<int, int>
        {
            Capacity = IsWeighed ? 0 : 10_000,
            WeightLimit = IsWeighed ? 10_000 : null,
            Weigher = IsWeighed ? static (_, _) => 1 : null,
            ShardCount = Shards,
            HashSeed = 1,
            TimeProvider = time,
            PreciseExpiry = IsPrecise,
            ExpireAfterAccess = IsSliding ? Long : null,
            Loading = new LoadOptions { FailSafeMaxDuration = KeepsStale ? Long : TimeSpan.Zero },
            RemovalListener = IsTelling ? static (_, _, _) => { } : null,
        });
}
