using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>What reads promise, whatever the cache.</summary>
public sealed class ReadPromises : ProductSuite
{
    [Theory, Variants]
    public void What_was_set_is_found_by_an_equal_key<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        for (int number = 0; number < variant.Room; number++)
        {
            Assert.True(cache.Set(variant.Key(number), variant.Value(number)));
        }

        for (int number = 0; number < variant.Room; number++)
        {
            Assert.True(cache.TryGet(variant.Twin(number), out TValue? value));
            Assert.Equal(variant.Value(number), value);
        }

        Assert.Equal(variant.Room, cache.Count);
    }

    [Theory, Variants]
    public void What_is_absent_is_found_in_no_way<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(variant.Room));
        TKey absent = variant.Key(variant.Room);

        Assert.False(cache.TryGet(absent, out TValue? got));
        Assert.False(cache.TryPeek(absent, out TValue? seen));
        Assert.Equal((default, default), (got, seen));
        Assert.False(cache.ContainsKey(absent));
        Assert.False(cache.Touch(absent));
        Assert.Null(cache.TimeToLive(absent));
        Assert.Null(cache.Explain(absent));
        Assert.Empty(cache.GetMany([absent, absent]));
    }

    [Theory, Variants]
    public void All_ways_to_read_give_the_same<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.SetMany(variant.Entries(variant.Room));
        TKey[] asked = [.. Enumerable.Range(0, variant.Room + 5).Select(variant.Twin)];

        Dictionary<TKey, TValue> many = cache.GetMany(asked.Concat(asked));
        var walked = new Dictionary<TKey, TValue>(cache, variant.Comparer);

        Assert.Equal(variant.Room, many.Count);
        Assert.Equal(many.Count, walked.Count);
        Assert.All(asked.Take(variant.Room), key =>
        {
            TValue expected = variant.Value(variant.NumberOf(key));
            Assert.True(cache.TryGet(key, out TValue? got));
            Assert.True(cache.TryPeek(key, out TValue? seen));
            Assert.True(cache.ContainsKey(key) && cache.Touch(key));
            Assert.Equal([expected, expected, expected, expected], [got, seen, many[key], walked[key]]);
        });
    }

    [Theory, Variants]
    public void Only_string_keys_are_found_by_their_characters<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);

        bool isKnown = cache.TryGetAlternateLookup(out Cache<TKey, TValue>.AlternateLookup<ReadOnlySpan<char>> lookup);

        Assert.Equal(typeof(TKey) == typeof(string), isKnown);
        if (!isKnown)
        {
            Assert.Throws<InvalidOperationException>(() => cache.GetAlternateLookup<ReadOnlySpan<char>>());
            return;
        }

        string text = $"<{variant.Twin(0)}>";
        Assert.True(lookup.TryAdd(Key(text), variant.Value(0)));
        Assert.False(lookup.TryAdd(Key(text), variant.Value(0, 1)));
        Assert.True(cache.TryGet(variant.Key(0), out TValue? value));
        Assert.Equal(variant.Value(0), value);
        Assert.True(lookup.Set(Key(text), variant.Value(0, 1)));
        Assert.True(lookup.TryGet(Key(text), out value));
        Assert.Equal(variant.Value(0, 1), value);
        Assert.Equal(value, lookup.GetOrAdd(Key(text), _ => variant.Value(0)));
        Assert.True(lookup.TryRemove(Key(text)));
        Assert.False(lookup.ContainsKey(Key(text)));

        static ReadOnlySpan<char> Key(string text) => text.AsSpan(1, text.Length - 2);
    }

    [Theory, Variants(AtLeast = SizeKind.Small)]
    public void What_is_used_stays_unless_what_came_first_must_go<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0));
        for (int number = 1; number <= 2 * variant.Limit; number++)
        {
            cache.TryGet(variant.Twin(0), out _);
            cache.Set(variant.Key(number), variant.Value(number));
        }

        Assert.Equal(variant.Combination.Policy != EvictionPolicy.Fifo, cache.ContainsKey(variant.Key(0)));
    }

    [Theory, Variants]
    public void A_peek_is_no_use<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        // Two caches with the same history, but for peeks, hold the same.
        Cache<TKey, TValue> peeked = Make(variant);
        Cache<TKey, TValue> other = Make(variant);
        for (int number = 0; number < 2 * variant.Limit; number++)
        {
            peeked.Set(variant.Key(number), variant.Value(number));
            other.Set(variant.Key(number), variant.Value(number));
            peeked.TryPeek(variant.Key(number / 2), out _);
            peeked.ContainsKey(variant.Key(0));
        }

        Assert.Equal(other.Select(entry => variant.NumberOf(entry.Key)), peeked.Select(entry => variant.NumberOf(entry.Key)));
    }
}
