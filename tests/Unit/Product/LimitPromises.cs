using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>What a cache promises of what it holds, whatever it is.</summary>
public sealed class LimitPromises : ProductSuite
{
    [Theory, Variants]
    public void The_limit_holds_after_every_step_and_a_refusal_leaves_the_key_absent<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        var random = new Random(20_260_101);
        for (int step = 0; step < 4 * Math.Max(50, variant.Limit); step++)
        {
            int number = random.Next(2 * variant.Limit);
            TValue value = variant.Value(number, step);
            bool isKept = random.Next(4) switch
            {
                0 => cache.TryUpdate(variant.Key(number), value),
                1 when !cache.ContainsKey(variant.Key(number)) => cache.TryAdd(variant.Key(number), value),
                _ => cache.Set(variant.Key(number), value),
            };

            Assert.Equal(isKept, cache.TryPeek(variant.Twin(number), out TValue? present));
            Assert.Equal(isKept ? value : default, present);
            Assert.InRange(LoadOf(cache), 0, variant.Limit);
        }
    }

    [Theory, Variants]
    public void A_cache_that_was_offered_enough_is_full<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);

        cache.SetMany(variant.Entries(3 * variant.Limit));

        AssertFull(cache, variant);
    }

    [Theory, Variants]
    public void A_trim_evicts_as_many_as_it_was_told<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(2 * variant.Limit));
        (int count, long evictions) = ((int)cache.Count, cache.Statistics.Evictions);
        int half = (count + 1) / 2;

        Assert.Equal(half, cache.Trim(half));
        Assert.Equal((count - half, evictions + half), (cache.Count, cache.Statistics.Evictions));
        Assert.Equal(count - half, cache.Trim(count));
        Assert.Equal((0, 0), (cache.Count, cache.Trim(1)));
    }

    [Theory(Timeout = Wait.Watchdog), Variants]
    public async Task A_changed_limit_is_reached_and_kept<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        await Wait.LeaveRunner();
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(2 * variant.Limit));
        foreach (int limit in new[] { Math.Max(1, variant.Limit / 3), 2 * variant.Limit, Math.Max(1, variant.Limit / 2) })
        {
            if (variant.IsWeighed)
            {
                cache.WeightLimit = limit;
            }
            else
            {
                cache.Capacity = limit;
            }

            Wait.Until(() => LoadOf(cache) <= limit);
            cache.SetMany(variant.Entries(4 * variant.Limit));
            Assert.Equal(limit, cache.WeightLimit);
            AssertFull(cache, variant);
        }
    }

    [Theory, Variants]
    public void What_is_heavier_than_it_may_be_is_refused_and_what_it_was_to_replace_is_gone<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        int weight = 1;
        Cache<TKey, TValue> cache = Make(variant, options => options.Weigher = variant.IsWeighed ? (_, _) => weight : null);
        cache.Set(variant.Key(0), variant.Value(0));

        weight = variant.Limit + 1;
        bool isKept = cache.Set(variant.Twin(0), variant.Value(0, 1));

        Assert.Equal(!variant.IsWeighed, isKept);
        Assert.Equal(isKept, cache.ContainsKey(variant.Key(0)));
        Assert.Equal(isKept ? 0 : 1, cache.Statistics.RefusedAsTooHeavy);
        cache.Clear();
    }

    private static void AssertFull<TKey, TValue>(Cache<TKey, TValue> cache, Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        // Each shard may have no room for one entry more, and shards fill unevenly.
        long unused = (variant.HeaviestEntry - 1) * cache.ShardCount;
        Assert.InRange(LoadOf(cache), Math.Max(1, (long)(0.9 * cache.WeightLimit) - unused), cache.WeightLimit);
    }
}
