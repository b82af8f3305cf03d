using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Factories may use the cache that calls them, for the same key and for any other.</summary>
public sealed class UserCodeReentersTests
{
    [Fact]
    public void A_factory_that_sets_its_own_key_loses_to_itself()
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8);

        string value = cache.GetOrAdd(1, key =>
        {
            cache.Set(key, "from inside");
            return "from outside";
        });

        Assert.Equal("from outside", value);
        Assert.Equal(KeyValuePair.Create(1, "from inside"), Assert.Single(cache));
    }

    [Fact]
    public void A_factory_may_ask_for_other_keys_of_its_shard()
    {
        using Cache<int, long> cache = TestCache.Of<int, long>(capacity: 100);

        long Fibonacci(int n) => n < 2 ? n : cache.GetOrAdd(n - 1, Fibonacci) + cache.GetOrAdd(n - 2, Fibonacci);

        Assert.Equal(12_586_269_025, cache.GetOrAdd(50, Fibonacci));
        Assert.Equal(51, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void A_factory_may_add_more_than_the_cache_holds()
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 3);

        string value = cache.GetOrAdd(0, _ =>
        {
            cache.SetMany(Enumerable.Range(1, 100).Select(i => KeyValuePair.Create(i, $"{i}")));
            return "zero";
        });

        Assert.Equal("zero", value);
        Assert.Equal(3, cache.Count);
        Assert.True(cache.ContainsKey(0));
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [InlineData("Clear")]
    [InlineData("TryRemove")]
    [InlineData("enumerate")]
    public void A_factory_may_do_anything_but_dispose(string action)
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8);
        cache.Set(2, "two");

        string added = cache.GetOrAdd(1, _ => Do(cache, action));
        string updated = cache.AddOrUpdate(1, "added", (_, _) => Do(cache, action));

        Assert.Equal("made", added);
        Assert.Equal(action == "enumerate" ? "made" : "added", updated);
        Assert.Equal(updated, cache.GetMany([1])[1]);
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void What_a_factory_makes_that_disposes_its_cache_is_returned_and_not_kept()
    {
        Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8);

        Assert.NotNull(cache.GetOrAdd(1, _ => Do(cache, "Dispose")));

        Assert.Equal(0, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void An_update_factory_that_disposes_its_cache_meets_the_disposal()
    {
        Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8);
        cache.Set(1, "one");

        // The value may be written to what is left of the cache, or refused; but nothing can be found afterwards.
        Exception? exception = Record.Exception(() => cache.AddOrUpdate(1, "uno", (_, _) => Do(cache, "Dispose")));

        Assert.True(exception is null or ObjectDisposedException, $"{exception}");
        Assert.Equal(0, cache.Count);
        Assert.False(cache.ContainsKey(1));
        cache.AssertConsistent();
    }

    [Fact]
    public void An_update_factory_is_called_again_if_it_changes_its_own_key()
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8);
        cache.Set(1, "a");
        var seen = new List<string>();

        string value = cache.AddOrUpdate(1, "absent", (key, old) =>
        {
            seen.Add(old);
            if (seen.Count == 1)
            {
                cache.Set(key, "b");
            }

            return old + "!";
        });

        Assert.Equal(["a", "b"], seen);
        Assert.Equal("b!", value);
        Assert.Equal("b!", Assert.Single(cache).Value);
    }

    [Fact]
    public void A_hash_function_may_use_the_cache()
    {
        var comparer = new ScriptedComparer<int>();
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8, comparer: comparer);
        bool isInside = false;
        comparer.HashCodes = key =>
        {
            if (!isInside)
            {
                isInside = true;
                cache.Set(100 + key, "from the hash function");
                cache.TryRemove(99);
                isInside = false;
            }

            return key;
        };

        cache.Set(1, "one");
        cache.GetOrAdd(2, _ => "two");
        cache.TryRemove(1);

        Assert.Equal([2, 101, 102], cache.Select(entry => entry.Key).Order());
        cache.AssertConsistent();
    }

    [Fact]
    public void A_sequence_may_use_the_cache_that_reads_it()
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 100);

        cache.SetMany(Enumerable.Range(0, 10).Select(i => KeyValuePair.Create(i, cache.GetOrAdd(i + 10, key => $"{key}"))));
        int removed = cache.RemoveMany(cache.Select(entry => entry.Key));

        Assert.Equal(20, removed);
        Assert.Empty(cache);
    }

    private static string Do(Cache<int, string> cache, string action)
    {
        switch (action)
        {
            case "Clear":
                cache.Clear();
                break;
            case "TryRemove":
                cache.TryRemove(1);
                break;
            case "Dispose":
                cache.Dispose();
                break;
            default:
                Assert.Contains(cache, entry => entry.Key == 2);
                break;
        }

        return "made";
    }
}
