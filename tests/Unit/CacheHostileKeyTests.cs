using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Gate: keys made to collide cost themselves room and nobody time.</summary>
public sealed class CacheHostileKeyTests
{
    private const int Hostile = 100_000;
    private const int MostComparisonsOfALookup = TableSize.MaxProbes * TagGroup.Slots;

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void Keys_of_one_hash_code_stay_correct_and_cheap(EvictionPolicy policy)
    {
        ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
        comparer.OnEquals = _ => { };
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 50_000, policy, shards: 4, comparer: comparer);

        for (int key = 0; key < Hostile; key++)
        {
            Assert.True(cache.Set(key, -key));
            Assert.InRange(Comparisons(), 0, 2 * MostComparisonsOfALookup);
            Assert.True(cache.TryGet(key, out int value));
            Assert.Equal(-key, value);
            Assert.InRange(Comparisons(), 1, MostComparisonsOfALookup);
            Assert.False(cache.TryGet(-1, out _));
            Assert.InRange(Comparisons(), 0, MostComparisonsOfALookup);
            if (key % 10 == 0)
            {
                Assert.True(cache.TryRemove(key));
                Assert.False(cache.ContainsKey(key));
            }

            comparer.EqualsCalls = 0;
        }

        Assert.InRange(cache.Count, 1, cache.Capacity);
        Assert.All(cache, entry => Assert.Equal(-entry.Key, entry.Value));
        Assert.Equal(cache.Count, cache.Count(entry => cache.TryPeek(entry.Key, out int value) && value == entry.Value));
        cache.AssertConsistent();

        long Comparisons()
        {
            long calls = comparer.EqualsCalls;
            comparer.EqualsCalls = 0;
            return calls;
        }
    }

    [Fact]
    public void Keys_that_collide_push_out_each_other_and_nobody_else()
    {
        var comparer = new ScriptedComparer<int> { HashCodes = key => key < 0 ? 7 : key };
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10_000, comparer: comparer);
        cache.SetMany(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create(i, i)));

        for (int i = 1; i <= 4000; i++)
        {
            cache.Set(-i, i);
        }

        // All but those that happen to live next door.
        Assert.InRange(Enumerable.Range(0, 5000).Count(cache.ContainsKey), 4800, 5000);
        Assert.InRange(cache.Count, 4900, 5200);
        cache.AssertConsistent();
    }
}
