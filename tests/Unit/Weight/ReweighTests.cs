using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>A new value may be heavier or lighter than the old one; others make room for it, never the entry itself.</summary>
public sealed class ReweighTests
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void An_entry_that_becomes_heavier_stays_and_others_go(EvictionPolicy policy)
    {
        // Each entry in turn, so that every queue of the policy has it somewhere.
        for (int grown = 0; grown < 20; grown++)
        {
            using Cache<int, int> cache = Full(policy);

            Assert.True(grown % 2 == 0 ? cache.Set(grown, 50) : cache.TryUpdate(grown, 50));

            Assert.Equal(50, cache.GetMany([grown])[grown]);
            Assert.Equal((11, 100, 9), (cache.Count, cache.Weight, cache.Statistics.Evictions));
            cache.AssertConsistent();
            Assert.True(cache.Set(grown, 100));
            Assert.Equal(KeyValuePair.Create(grown, 100), Assert.Single(cache));
            Assert.True(cache.Set(grown, 99));
            Assert.Equal(99, cache.Weight);
            cache.AssertConsistent();
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void An_entry_that_becomes_lighter_evicts_nobody_and_leaves_room(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Full(policy);

        for (int key = 0; key < 20; key++)
        {
            Assert.True(cache.TryUpdate(key, 2));
        }

        Assert.Equal((20, 40, 0), (cache.Count, cache.Weight, cache.Statistics.Evictions));
        cache.AssertConsistent();
        cache.SetMany(Enumerable.Range(100, 60).Select(key => KeyValuePair.Create(key, 1)));
        Assert.Equal((80, 100, 0), (cache.Count, cache.Weight, cache.Statistics.Evictions));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_pinned_entry_that_gets_a_weight_makes_room_for_it(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Full(policy);
        cache.Set(100, 0);

        Assert.True(cache.TryUpdate(100, 30, 0));

        Assert.Equal((15, 100, 6), (cache.Count, cache.Weight, cache.Statistics.Evictions));
        Assert.Equal(30, cache.Explain(100)!.Weight);
        cache.AssertConsistent();
        Assert.Equal(0, cache.AddOrUpdate(100, 1, (_, _) => 0));
        Assert.Equal((15, 70, 6), (cache.Count, cache.Weight, cache.Statistics.Evictions));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_use_of_another_weight_is_a_hit(EvictionPolicy policy)
    {
        using Cache<int, int> cache = Full(policy);
        cache.TryUpdate(7, 4);

        Assert.True(cache.Explain(7)!.IsReferenced);
    }

    [Fact]
    public void The_oldest_entry_is_spared_for_itself_and_the_next_one_goes()
    {
        using Cache<int, int> cache = Full(EvictionPolicy.Fifo);

        Assert.True(cache.Set(0, 10));

        Assert.Equal([0, .. Enumerable.Range(2, 18)], cache.Select(entry => entry.Key).Order());
        cache.AssertConsistent();
    }

    [Fact]
    public void An_update_of_what_has_gone_meanwhile_evicts_nobody()
    {
        Cache<int, int>? cache = null;
        var expiry = new ScriptedExpiry { OnUpdate = () => cache!.TryRemove(0) };
        cache = new Cache<int, int>(new CacheOptions<int, int>
        {
            WeightLimit = 100,
            Weigher = static (_, weight) => weight,
            Eviction = EvictionPolicy.Fifo,
            ShardCount = 1,
            Expiry = expiry,
        });
        cache.SetMany(Enumerable.Range(0, 20).Select(key => KeyValuePair.Create(key, 5)));

        Assert.False(cache.TryUpdate(0, 90));

        Assert.Equal((19, 95, 0), (cache.Count, cache.Weight, cache.Statistics.Evictions));
        cache.AssertConsistent();
        cache.Dispose();
    }

    /// <summary>Twenty entries of weight 5, which are the limit.</summary>
    private static Cache<int, int> Full(EvictionPolicy policy)
    {
        Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, policy);
        cache.SetMany(Enumerable.Range(0, 20).Select(key => KeyValuePair.Create(key, 5)));
        Assert.Equal(20, cache.Count);
        return cache;
    }

    private sealed class ScriptedExpiry : IExpiry<int, int>
    {
        public required Action OnUpdate { get; init; }

        public TimeSpan ExpireAfterCreate(int key, int value) => Timeout.InfiniteTimeSpan;

        public TimeSpan ExpireAfterUpdate(int key, int value, TimeSpan timeToLive)
        {
            OnUpdate();
            return timeToLive;
        }
    }
}
