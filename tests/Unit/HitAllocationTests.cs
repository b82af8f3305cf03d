using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Gate: a hit allocates nothing, in whatever way it is asked for and whatever the cache does beside.</summary>
public sealed class HitAllocationTests
{
    private const int Capacity = 1000;
    private static readonly string[] Kinds = ["plain", "weighed", "counting", "telling", "sliding", "computing", "all of it"];
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string, EvictionPolicy> Caches
        => new MatrixTheoryData<string, EvictionPolicy>(Kinds, Enum.GetValues<EvictionPolicy>());

    /// <summary>Where a write of a present key has nobody to tell.</summary>
    public static TheoryData<string, EvictionPolicy> QuietCaches
        => new MatrixTheoryData<string, EvictionPolicy>(Kinds.Where(static kind => kind is not ("telling" or "all of it")), Enum.GetValues<EvictionPolicy>());

    [Theory]
    [MemberData(nameof(Caches))]
    public void Hits_allocate_nothing(string kind, EvictionPolicy policy)
    {
        using Cache<string, string> cache = Make<string>(kind, policy);
        cache.Set("key", "value");

        AssertFree(_ => Assert.True(cache.TryGet("key", out string? _)));
        AssertFree(_ => Assert.True(cache.TryPeek("key", out string? _)));
        AssertFree(_ => Assert.True(cache.Touch("key")));
        AssertFree(_ => cache.GetOrAdd("key", static _ => "other"));
        AssertFree(_ => cache.GetOrAdd("key", static (_, state) => state, "other"));
        AssertFree(_ => Assert.NotNull(cache.TimeToLive("key")));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void Asynchronous_hits_allocate_nothing(string kind, EvictionPolicy policy)
    {
        using Cache<string, string> cache = Make<string>(kind, policy);
        using var cancellation = new CancellationTokenSource();
        var options = new LoadOptions { EagerRefreshThreshold = 0.5, FailSafeMaxDuration = TimeSpan.FromHours(1) };
        cache.Set("key", "value");

        AssertFree(_ => AssertCompleted(cache.GetOrAddAsync("key", static (_, _) => new ValueTask<string>("other"), cancellation.Token)));
        AssertFree(_ => AssertCompleted(cache.GetOrAddAsync("key", static (_, _) => Task.FromResult("other"), cancellation.Token)));
        AssertFree(_ => AssertCompleted(cache.GetOrAddAsync("key", static (_, state, _) => new ValueTask<string>(state), "other")));
        AssertFree(_ => AssertCompleted(cache.GetOrAddAsync("key", static _ => new ValueTask<string>("other"), options, cancellation.Token)));
        AssertFree(_ => AssertCompleted(cache.GetOrAddAsync("key", static (_, state) => new ValueTask<string>(state), "other", options)));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void Hits_by_span_allocate_nothing(string kind, EvictionPolicy policy)
    {
        using Cache<string, string> cache = Make<string>(kind, policy);
        cache.Set("key", "value");
        Cache<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        const string Text = "a key and no more";

        AssertFree(_ => Assert.True(lookup.TryGet(Text.AsSpan(2, 3), out string? _)));
        AssertFree(_ => Assert.True(lookup.TryPeek(Text.AsSpan(2, 3), out string? _)));
        AssertFree(_ => lookup.GetOrAdd(Text.AsSpan(2, 3), static key => key));
        AssertFree(_ => AssertCompleted(lookup.GetOrAddAsync(Text.AsSpan(2, 3), static (key, _) => new ValueTask<string>(key))));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public void Hits_of_wide_values_allocate_nothing(string kind, EvictionPolicy policy)
    {
        using Cache<string, Wide> cache = Make<Wide>(kind, policy);
        cache.Set("key", new Wide(1, 2, "three"));

        AssertFree(_ => Assert.True(cache.TryGet("key", out Wide _)));
        AssertFree(_ => cache.GetOrAdd("key", static _ => default));
        AssertFree(_ => AssertCompleted(cache.GetOrAddAsync("key", static (_, _) => default(ValueTask<Wide>))));
    }

    [Theory]
    [MemberData(nameof(QuietCaches))]
    public void Updates_and_evicting_inserts_allocate_nothing(string kind, EvictionPolicy policy)
    {
        using Cache<string, string> cache = Make<string>(kind, policy);
        string[] keys = [.. Enumerable.Range(0, 10 * Capacity).Select(static i => $"{i}")];

        // The table is at its final size and the policy's queues have turned over before anything is measured.
        for (int i = 0; i < 2 * keys.Length; i++)
        {
            cache.Set(keys[i % keys.Length], "value");
        }

        cache.Set("key", "value");
        Assert.True(cache.ContainsKey("key"));
        long evictions = cache.Statistics.Evictions;
        AssertFree(_ => Assert.True(cache.Set("key", "other")));
        AssertFree(_ => Assert.True(cache.TryUpdate("key", "value")));
        AssertFree(_ => Assert.True(cache.TryUpdate("key", "value", "value")));
        AssertFree(_ => cache.AddOrUpdate("key", "value", static (_, old) => old));
        AssertFree(i => cache.Set(keys[i % keys.Length], "value"));
        Assert.InRange(cache.Statistics.Evictions, evictions + 10_000, long.MaxValue);
        AssertFree(i => cache.GetOrAdd(keys[i % keys.Length], static _ => "value"));
        cache.AssertConsistent();
    }

    [Fact]
    public void A_walk_allocates_nothing()
    {
        using Cache<string, string> cache = Make<string>("all of it", EvictionPolicy.Frecency);
        cache.SetMany([new("one", "a"), new("two", "b")]);

        AssertFree(_ =>
        {
            int count = 0;
            foreach ((string _, string _) in cache)
            {
                count++;
            }

            Assert.True(count == 2);
        });
    }

    private static void AssertFree(Action<int> operation) => Assert.Equal(0, Allocations.Of(operation));

    private static void AssertCompleted<TValue>(ValueTask<TValue> load) => Assert.True(load.IsCompletedSuccessfully);

    private Cache<string, TValue> Make<TValue>(string kind, EvictionPolicy policy)
    {
        bool isAll = kind == "all of it";
        bool isWeighed = isAll || kind == "weighed";
        return ExpiringCache.Of<string, TValue>(_time, options =>
        {
            options.Eviction = policy;
            options.Capacity = isWeighed ? 0 : Capacity;
            options.Weigher = isWeighed ? static (_, _) => 1 : null;
            options.WeightLimit = isWeighed ? Capacity : null;
            options.CountRequests = isAll || kind == "counting";
            options.RemovalListener = isAll || kind == "telling" ? static (_, _, _) => { } : null;
            options.ExpireAfterAccess = isAll || kind == "sliding" ? TimeSpan.FromHours(1) : null;
            options.Expiry = kind == "computing" ? new ScriptedReadExpiry<string, TValue>() : null;
        });
    }
}
