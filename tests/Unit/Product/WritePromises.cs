using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>What writes promise, whatever the cache.</summary>
public sealed class WritePromises : ProductSuite
{
    [Theory, Variants]
    public void A_value_is_replaced_by_the_next<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        for (int version = 0; version < 10; version++)
        {
            Assert.True(cache.Set(variant.Twin(0), variant.Value(0, version)));
            AssertIs(cache, variant, version);
        }

        Assert.Equal(1, cache.Count);
    }

    [Theory, Variants]
    public void What_is_present_is_not_added_again<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);

        Assert.True(cache.TryAdd(variant.Key(0), variant.Value(0)));
        Assert.False(cache.TryAdd(variant.Twin(0), variant.Value(0, 1)));

        AssertIs(cache, variant, 0);
    }

    [Theory, Variants]
    public void What_is_absent_is_not_updated<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);

        Assert.False(cache.TryUpdate(variant.Key(0), variant.Value(0)));
        Assert.False(cache.TryUpdate(variant.Key(0), variant.Value(0), variant.Value(0)));
        Assert.Equal(0, cache.Count);
        cache.Set(variant.Key(0), variant.Value(0));
        Assert.True(cache.TryUpdate(variant.Twin(0), variant.Value(0, 1)));

        AssertIs(cache, variant, 1);
    }

    [Theory, Variants]
    public void Compare_and_swap_replaces_what_equals_and_nothing_else<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0));

        Assert.False(cache.TryUpdate(variant.Twin(0), variant.Value(0, 2), comparisonValue: variant.Value(0, 1)));
        AssertIs(cache, variant, 0);
        Assert.True(cache.TryUpdate(variant.Twin(0), variant.Value(0, 1), comparisonValue: variant.Value(0)));
        AssertIs(cache, variant, 1);
        Assert.True(cache.TryUpdate(variant.Twin(0), variant.Value(0, 2), comparisonValue: variant.Value(0, 1)));
        AssertIs(cache, variant, 2);
    }

    [Theory, Variants]
    public void An_update_gets_the_present_value<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        TValue first = cache.AddOrUpdate(variant.Key(0), variant.Value(0), (_, _) => throw new InvalidOperationException("absent"));
        Assert.Equal(variant.Value(0), first);
        for (int version = 1; version < 10; version++)
        {
            TValue updated = cache.AddOrUpdate(variant.Twin(0), variant.Value(1), (key, present) =>
            {
                Assert.Equal((0, variant.Value(0, version - 1)), (variant.NumberOf(key), present));
                return variant.Value(0, version);
            });
            Assert.Equal(variant.Value(0, version), updated);
        }

        AssertIs(cache, variant, 9);
    }

    [Theory, Variants]
    public void What_an_update_throws_passes_through_and_changes_nothing<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        cache.Set(variant.Key(0), variant.Value(0, 1));

        Assert.Throws<InvalidDataException>(
            () => cache.AddOrUpdate(variant.Twin(0), variant.Value(0), (_, _) => throw new InvalidDataException()));

        AssertIs(cache, variant, 1);
    }

    [Theory, Variants]
    public void Many_are_set_as_one_by_one<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> together = Make(variant);
        Cache<TKey, TValue> single = Make(variant);

        int kept = together.SetMany(variant.Entries(2 * variant.Limit));

        Assert.Equal(kept, variant.Entries(2 * variant.Limit).Count(entry => single.Set(entry.Key, entry.Value)));
        Assert.Equal(single, together);
    }

    [Theory, Variants]
    public void Threads_that_write_and_remove_see_only_whole_values_of_their_keys<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        const int Threads = 3;
        const int Steps = 400;
        Cache<TKey, TValue> cache = Make(variant);
        int keys = Math.Min(2 * variant.Limit, 100);
        TestTypes.Crew.Run(Threads, thread =>
        {
            var random = new Random(20_260_101 + thread);
            for (int step = 0; step < Steps; step++)
            {
                int number = random.Next(keys);
                TKey key = variant.Key(number);
                if (cache.TryGet(key, out TValue? value))
                {
                    variant.AssertBelongs(key, value);
                }

                switch (random.Next(6))
                {
                    case 0:
                        cache.TryRemove(key);
                        break;
                    case 1:
                        cache.TryUpdate(key, variant.Value(number, step));
                        break;
                    case 2:
                        variant.AssertBelongs(key, cache.GetOrAdd(key, _ => variant.Value(number, step)));
                        break;
                    default:
                        cache.Set(key, variant.Value(number, step));
                        break;
                }

                Assert.InRange(LoadOf(cache), 0, variant.Limit);
            }
        });
    }

    private static void AssertIs<TKey, TValue>(Cache<TKey, TValue> cache, Variant<TKey, TValue> variant, int version)
        where TKey : notnull
    {
        Assert.True(cache.TryGet(variant.Key(0), out TValue? value));
        Assert.Equal(variant.Value(0, version), value);
    }
}
