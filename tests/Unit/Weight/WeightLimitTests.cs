using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>The weights of all entries add up to at most the limit, after every write, and to what is said of them.</summary>
public sealed class WeightLimitTests
{
    public static TheoryData<EvictionPolicy, int, int> Shapes
        => new MatrixTheoryData<EvictionPolicy, int, int>(Enum.GetValues<EvictionPolicy>(), [1, 4], [4, 30, 1000]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Integers_stay_within_the_limit(EvictionPolicy policy, int shards, int limit)
        => Run<int, int>(policy, shards, limit, key => key, weight => weight, static (_, weight) => weight);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void References_stay_within_the_limit(EvictionPolicy policy, int shards, int limit)
        => Run(policy, shards, limit, key => $"{key}", weight => new string('x', weight), static (_, text) => text.Length);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_of_eight_bytes_stay_within_the_limit(EvictionPolicy policy, int shards, int limit)
        => Run<long, IntPair>(
            policy, shards, limit, key => key, weight => new IntPair(weight, ~weight), static (_, pair) => pair.First);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Wide_structs_stay_within_the_limit(EvictionPolicy policy, int shards, int limit)
        => Run<Guid, Wide>(
            policy,
            shards,
            limit,
            key => new Guid(key, 0, 0, new byte[8]),
            weight => new Wide(weight, ~weight, "text"),
            static (_, wide) => (int)wide.First);

    [Fact]
    public void Without_a_weigher_every_entry_weighs_one()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10);
        cache.SetMany(Enumerable.Range(0, 20).Select(key => KeyValuePair.Create(key, 1000)));

        Assert.Equal((10, 10, 10), (cache.Count, cache.Weight, cache.WeightLimit));
        Assert.All(cache, entry => Assert.Equal(1, cache.Explain(entry.Key)!.Weight));
    }

    [Fact]
    public void With_a_weigher_the_count_has_no_limit()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 10);

        Assert.Equal((int.MaxValue, 10), (cache.Capacity, cache.WeightLimit));
    }

    [Fact]
    public void Entries_may_weigh_as_much_as_an_integer_says_and_more_together()
    {
        const long Limit = 5L * int.MaxValue;
        using Cache<int, int> cache = WeightedCache.OfWeights(Limit);
        for (int key = 0; key < 20; key++)
        {
            Assert.True(cache.Set(key, int.MaxValue));
            Assert.Equal(Math.Min(key + 1, 5) * (long)int.MaxValue, cache.Weight);
        }

        Assert.True(cache.Set(19, 1));
        Assert.True(cache.Set(19, int.MaxValue));
        Assert.Equal(Limit, cache.Weight);
        cache.AssertConsistent();
        cache.WeightLimit = long.MaxValue;
        Assert.True(cache.Set(20, int.MaxValue));
        Assert.Equal(Limit + int.MaxValue, cache.Weight);
        cache.AssertConsistent();
    }

    [Fact]
    public void Removing_everything_leaves_nothing_to_weigh()
    {
        using Cache<int, int> cache = WeightedCache.OfWeights(limit: 1000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 100).Select(key => KeyValuePair.Create(key, key % 9)));

        Assert.Equal(100, cache.RemoveMany(Enumerable.Range(0, 100)));
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
        cache.SetMany(Enumerable.Range(0, 100).Select(key => KeyValuePair.Create(key, key % 9)));
        cache.Clear();
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
        cache.Set(1, 7);
        cache.Dispose();
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }

    private static void Run<TKey, TValue>(
        EvictionPolicy policy,
        int shards,
        int limit,
        Func<int, TKey> keyOf,
        Func<int, TValue> valueOf,
        Func<TKey, TValue, int> weigher)
        where TKey : notnull
    {
        using Cache<TKey, TValue> cache = WeightedCache.Of(limit, weigher, policy, shards);
        var random = new Random(limit);
        int heaviest = limit / shards;
        for (int step = 0; step < 3000; step++)
        {
            TKey key = keyOf(random.Next(200));
            TValue value = valueOf(random.Next(0, Math.Min(heaviest, 40) + 1));
            bool isKept = step % 4 == 0 ? cache.TryUpdate(key, value) : cache.Set(key, value);

            Assert.InRange(cache.Weight, 0, limit);
            Assert.Equal(isKept, cache.TryPeek(key, out TValue? found) && weigher(key, found) == weigher(key, value));
            cache.TryGet(keyOf(random.Next(200)), out _);
            if (step % 50 == 0)
            {
                cache.TryRemove(keyOf(random.Next(200)));
                Assert.Equal(WeightedCache.TotalOf(cache, weigher), cache.Weight);
                cache.AssertConsistent();
            }
        }
    }
}
