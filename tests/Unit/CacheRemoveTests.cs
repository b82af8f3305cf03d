using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheRemoveTests
{
    [Fact]
    public void A_removed_key_is_not_found_until_it_is_set_again()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");

        Assert.True(cache.TryRemove(1));
        Assert.False(cache.TryGet(1, out _));
        Assert.False(cache.TryRemove(1));

        cache.Set(1, "uno");
        Assert.Equal("uno", cache.GetMany([1])[1]);
    }

    [Fact]
    public void A_removal_says_what_the_value_was()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");
        cache.Set(1, "uno");

        Assert.True(cache.TryRemove(1, out string? value));
        Assert.Equal("uno", value);
        Assert.False(cache.TryRemove(1, out value));
        Assert.Null(value);
    }

    [Fact]
    public void A_removal_of_a_pair_needs_the_value_to_be_equal()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");

        Assert.False(cache.TryRemove(KeyValuePair.Create(1, "two")));
        Assert.False(cache.TryRemove(KeyValuePair.Create(2, "one")));
        Assert.True(cache.ContainsKey(1));
        Assert.True(cache.TryRemove(KeyValuePair.Create(1, string.Concat("o", "ne"))));
        Assert.False(cache.ContainsKey(1));
    }

    [Fact]
    public void A_removal_of_a_pair_knows_null_and_wide_values()
    {
        using var texts = new Cache<int, string?>(10);
        using var wide = new Cache<int, Wide>(10);
        texts.Set(1, null);
        wide.Set(1, new Wide(1, 2, "three"));

        Assert.False(texts.TryRemove(KeyValuePair.Create<int, string?>(1, "")));
        Assert.True(texts.TryRemove(KeyValuePair.Create<int, string?>(1, null)));
        Assert.False(wide.TryRemove(KeyValuePair.Create(1, new Wide(1, 2, "four"))));
        Assert.True(wide.TryRemove(KeyValuePair.Create(1, new Wide(1, 2, "three"))));
    }

    [Fact]
    public void Many_keys_are_removed_and_those_that_were_present_counted()
    {
        using var cache = new Cache<int, string>(10);
        cache.SetMany([new(1, "one"), new(2, "two"), new(3, "three")]);

        Assert.Equal(2, cache.RemoveMany([1, 1, 2, 7]));

        Assert.Equal(3, Assert.Single(cache).Key);
    }

    [Fact]
    public void What_comes_before_a_null_key_is_removed()
    {
        using var cache = new Cache<string, int>(10);
        cache.SetMany([new("a", 1), new("b", 2)]);

        Assert.Throws<ArgumentNullException>(() => cache.RemoveMany(["a", null!, "b"]));

        Assert.Equal("b", Assert.Single(cache).Key);
    }

    [Theory]
    [InlineData(EvictionPolicy.Frecency)]
    [InlineData(EvictionPolicy.Lru)]
    [InlineData(EvictionPolicy.Fifo)]
    public void Removing_and_adding_for_long_costs_no_room(EvictionPolicy policy)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 50, policy);
        cache.SetMany(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create(i, i)));

        // More than enough for every slot to be used again by other keys many times over.
        for (int i = 0; i < 20_000; i++)
        {
            int key = i % 50;
            Assert.True(cache.TryRemove(key, out int value));
            Assert.Equal(key, value);
            Assert.True(cache.TryAdd(key, key));
        }

        Assert.Equal(50, cache.Count);
        cache.AssertConsistent();
    }
}
