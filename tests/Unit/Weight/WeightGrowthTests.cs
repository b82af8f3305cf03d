using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>Weights follow their entries when a table changes its size.</summary>
public sealed class WeightGrowthTests
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_table_that_grows_keeps_what_its_entries_weigh(EvictionPolicy policy)
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 1_000_000, policy);
        int slots = TableAccess.SlotsOf(cache);
        long total = 0;
        for (int key = 0; key < 5000; key++)
        {
            Assert.True(cache.Set(key, key % 100));
            total += key % 100;
            Assert.Equal(total, cache.Weight);
        }

        Assert.True(TableAccess.SlotsOf(cache) > 50 * slots);
        AssertWeights(cache, Enumerable.Range(0, 5000));
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task A_table_that_shrinks_keeps_what_its_entries_weigh(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = WeightedCache.OfWeights(limit: 10_000_000, policy);
                cache.SetMany(Enumerable.Range(0, 20_000).Select(key => KeyValuePair.Create(key, key % 100)));
                int slots = TableAccess.SlotsOf(cache);

                Assert.Equal(19_500, cache.RemoveMany(Enumerable.Range(500, 19_500)));
                Wait.Until(() => TableAccess.SlotsOf(cache) <= slots / 8);

                AssertWeights(cache, Enumerable.Range(0, 500));
                cache.SetMany(Enumerable.Range(0, 9000).Select(key => KeyValuePair.Create(key, key % 100)));
                AssertWeights(cache, Enumerable.Range(0, 9000));
            },
            TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_full_cache_may_hold_many_more_entries_than_were_expected(EvictionPolicy policy)
    {
        using Cache<int, int> cache = WeightedCache.Of<int, int>(
            limit: 20_000, static (_, weight) => weight, policy, expectedEntries: 1);
        for (int key = 0; key < 50_000; key++)
        {
            cache.Set(key, 1);
        }

        Assert.Equal((20_000, 20_000), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }

    private static void AssertWeights(Cache<int, int> cache, IEnumerable<int> keys)
    {
        Assert.Equal(keys, cache.Select(entry => entry.Key).Order());
        Assert.Equal(keys.Sum(key => (long)(key % 100)), cache.Weight);

        // Explaining takes time in proportion to the entries.
        Assert.All(keys.Where(key => key % 97 == 0), key => Assert.Equal(key % 100, cache.Explain(key)!.Weight));
        cache.AssertConsistent();
    }
}
