using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Tagging;

/// <summary>Makes caches of every kind in which entries may have tags.</summary>
internal static class TaggedCache
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string> Kinds =>
        ["plain", "three policies: Lru", "three policies: Fifo", "expiring", "sliding", "sliding, precise", "computed", "computed at reads",
            "stale", "refreshed", "weighed", "telling", "four shards", "compared", "all of it"];

    public static EntryOptions Tagged(params string[] tags) => new() { Tags = tags };

    public static Cache<int, string> Of(string kind, ManualTimeProvider time, int capacity = 1000)
    {
        bool isAll = kind == "all of it";
        return ExpiringCache.Of<int, string>(
            time,
            options =>
            {
                options.Eviction = kind.EndsWith("Lru", StringComparison.Ordinal) ? EvictionPolicy.Lru
                    : kind.EndsWith("Fifo", StringComparison.Ordinal) ? EvictionPolicy.Fifo
                    : EvictionPolicy.Frecency;
                options.ExpireAfterWrite = isAll || kind == "expiring" ? Hour : null;
                options.ExpireAfterAccess = isAll || kind.StartsWith("sliding", StringComparison.Ordinal) ? Hour : null;
                options.PreciseExpiry = kind == "sliding, precise";
                options.Expiry = kind switch
                {
                    "computed" => new ScriptedExpiry<int, string>(),
                    "computed at reads" => new ScriptedReadExpiry<int, string>(),
                    _ => null,
                };
                options.Loading = new LoadOptions
                {
                    FailSafeMaxDuration = isAll || kind == "stale" ? Hour : TimeSpan.Zero,
                    EagerRefreshThreshold = isAll || kind == "refreshed" ? 0.5 : null,
                };
                if (isAll || kind == "weighed")
                {
                    (options.Capacity, options.WeightLimit, options.Weigher) = (0, 100L * capacity, static (_, value) => value.Length);
                }

                options.RemovalListener = isAll || kind == "telling" ? static (_, _, _) => { } : null;
                options.ShardCount = isAll || kind == "four shards" ? 4 : 1;
                options.Comparer = kind == "compared" ? EqualityComparer<int>.Create(static (one, other) => one == other, static key => key) : null;
            },
            capacity);
    }
}
