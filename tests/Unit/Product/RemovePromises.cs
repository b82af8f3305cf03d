using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>What removals promise, whatever the cache.</summary>
public sealed class RemovePromises : ProductSuite
{
    [Theory, Variants]
    public void A_removal_gives_the_value_and_leaves_nothing<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(variant.Room));

        Assert.True(cache.TryRemove(variant.Twin(0), out TValue? value));

        Assert.Equal(variant.Value(0), value);
        Assert.False(cache.ContainsKey(variant.Key(0)));
        Assert.False(cache.TryRemove(variant.Key(0), out value));
        Assert.Equal(default, value);
        Assert.Equal(variant.Room - 1, cache.Count);
    }

    [Theory, Variants]
    public void Only_an_equal_value_is_removed_with_its_key<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0));

        Assert.False(cache.TryRemove(KeyValuePair.Create(variant.Twin(0), variant.Value(0, 1))));
        Assert.True(cache.ContainsKey(variant.Key(0)));
        Assert.True(cache.TryRemove(KeyValuePair.Create(variant.Twin(0), variant.Value(0))));
        Assert.False(cache.TryRemove(KeyValuePair.Create(variant.Twin(0), variant.Value(0))));

        Assert.Equal(0, cache.Count);
    }

    [Theory, Variants]
    public void Of_many_keys_those_are_removed_that_are_there<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(variant.Room));
        int[] numbers = [.. Enumerable.Range(0, 2 * variant.Room).Where(static number => number % 2 == 0)];

        int removed = cache.RemoveMany(numbers.Concat(numbers).Select(variant.Twin));

        Assert.Equal((variant.Room + 1) / 2, removed);
        Assert.Equal(variant.Room / 2, cache.Count);
        Assert.All(cache, entry => Assert.Equal(1, variant.NumberOf(entry.Key) % 2));
    }

    [Theory, Variants]
    public void A_cleared_cache_is_empty_and_can_be_filled_again<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(variant.Room, cache.SetMany(variant.Entries(variant.Room)));
            Assert.Equal(variant.Room, cache.Count);

            cache.Clear();

            Assert.Equal((0, 0), (cache.Count, cache.Weight));
            Assert.Empty(cache);
            Assert.False(cache.ContainsKey(variant.Key(0)));
        }
    }

    [Theory, Variants]
    public void A_disposed_cache_is_empty_and_takes_nothing<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(variant.Limit));

        cache.Dispose();

        Assert.Equal(0, cache.Count);
        Assert.False(cache.TryGet(variant.Key(0), out _));
        Assert.False(cache.TryRemove(variant.Key(0)));
        Assert.Throws<ObjectDisposedException>(() => cache.Set(variant.Key(0), variant.Value(0)));
        Assert.Throws<ObjectDisposedException>(() => cache.TryAdd(variant.Key(0), variant.Value(0)));
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrAdd(variant.Key(0), _ => variant.Value(0)));
    }
}
