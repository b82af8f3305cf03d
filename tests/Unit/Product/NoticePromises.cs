using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>What a cache promises to tell, whatever it is.</summary>
public sealed class NoticePromises : ProductSuite
{
    [Theory, Variants]
    public async Task Whatever_leaves_is_told_with_its_cause<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        var record = new RemovalRecord<TKey, TValue>();
        Cache<TKey, TValue> cache = Make(variant, options => options.RemovalListener = record.Listener);

        cache.Set(variant.Key(0), variant.Value(0));
        cache.Set(variant.Twin(0), variant.Value(0, 1));
        cache.TryRemove(variant.Twin(0));
        cache.Set(variant.Key(0), variant.Value(0, 2), ExpiringCache.For(Life));
        Time.AdvanceAtOnce(2 * Life);
        cache.TrimExpired();
        cache.Set(variant.Key(0), variant.Value(0, 3));
        cache.Trim(1);
        cache.Set(variant.Key(0), variant.Value(0, 4));
        cache.Clear();
        cache.Set(variant.Key(0), variant.Value(0, 5));
        await cache.DisposeAsync();

        Assert.Equal(
            [
                RemovalCause.Replaced, RemovalCause.Explicit, RemovalCause.Expired, RemovalCause.Capacity, RemovalCause.Cleared,
                RemovalCause.Cleared,
            ],
            record.Removals.Select(static removal => removal.Cause));
        Assert.Equal(Enumerable.Range(0, 6).Select(version => variant.Value(0, version)), record.Removals.Select(static removal => removal.Value));
        Assert.All(record.Removals, removal => Assert.Equal(0, variant.NumberOf(removal.Key)));
    }

    [Theory, Variants]
    public async Task Every_value_that_was_kept_is_told_once<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        var record = new RemovalRecord<TKey, TValue>();
        Cache<TKey, TValue> cache = Make(variant, options => options.RemovalListener = record.Listener);
        List<int> kept = [];
        for (int number = 0; number < 3 * variant.Limit; number++)
        {
            if (cache.Set(variant.Key(number), variant.Value(number)))
            {
                kept.Add(number);
            }
        }

        long left = cache.Count;
        await cache.DisposeAsync();

        Assert.Equal(kept, record.Removals.Select(removal => variant.NumberOf(removal.Key)).Order());
        Assert.All(record.Removals, removal => Assert.Equal(variant.Value(variant.NumberOf(removal.Key)), removal.Value));
        Assert.Equal(left, record.Removals.Count(static removal => removal.Cause == RemovalCause.Cleared));
        Assert.Equal(kept.Count - left, record.Removals.Count(static removal => removal.Cause == RemovalCause.Capacity));
    }

    [Theory, Variants]
    public void Requests_are_counted<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant, static options => options.CountRequests = true);
        cache.Set(variant.Key(0), variant.Value(0));

        cache.TryGet(variant.Twin(0), out _);
        cache.Touch(variant.Twin(0));
        cache.GetOrAdd(variant.Twin(0), _ => variant.Value(0));
        cache.GetMany([variant.Key(0), variant.Key(1)]);
        cache.TryGet(variant.Key(2), out _);
        cache.TryPeek(variant.Key(0), out _);
        cache.ContainsKey(variant.Key(2));

        Assert.Equal((4, 2, 0), (cache.Statistics.Hits, cache.Statistics.Misses, cache.Statistics.Loads));
    }

    [Theory, Variants]
    public void What_is_kept_evicted_and_refused_adds_up<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);

        int kept = cache.SetMany(variant.Entries(4 * variant.Limit));

        CacheStatistics statistics = cache.Statistics;
        Assert.Equal((cache.Count, cache.Weight), (statistics.Count, statistics.Weight));
        Assert.Equal(kept, statistics.Count + statistics.Evictions);
        Assert.Equal((4 * variant.Limit) - kept, statistics.RefusedByAdmission);
        Assert.Equal((0, 0, 0), (statistics.Expirations, statistics.RefusedAsTooHeavy, statistics.RefusedAsExpired));
        Assert.Equal(cache.Sum(entry => variant.WeightOf(entry.Key, entry.Value)), statistics.Weight);
    }

    [Theory, Variants]
    public void The_hottest_and_the_coldest_are_all_there_are<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(2 * variant.Limit));
        KeyValuePair<TKey, TValue>[] all = [.. cache.OrderBy(entry => variant.NumberOf(entry.Key))];

        Assert.Equal(all, cache.Hottest(int.MaxValue).OrderBy(entry => variant.NumberOf(entry.Key)));
        Assert.Equal(all, cache.Coldest(int.MaxValue).OrderBy(entry => variant.NumberOf(entry.Key)));
        Assert.Single(cache.Hottest(1));
        Assert.Empty(cache.Coldest(0));
    }

    [Theory, Variants]
    public void An_entry_is_explained<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0, 1));

        EntryExplanation explanation = cache.Explain(variant.Twin(0))!;

        Assert.Equal(
            (variant.WeightOf(variant.Key(0), variant.Value(0, 1)), variant.Expires ? Life : Timeout.InfiniteTimeSpan),
            (explanation.Weight, explanation.TimeToLive));
        Assert.Equal(variant.Combination.Policy == EvictionPolicy.Frecency, explanation.Frequency is not null);
        Assert.Equal((0, 0), (explanation.EntriesAhead, explanation.Age));
        Assert.Null(cache.Explain(variant.Key(1)));
    }
}
