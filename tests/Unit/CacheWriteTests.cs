using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheWriteTests
{
    [Fact]
    public void A_set_adds_and_then_replaces()
    {
        using var cache = new Cache<int, string>(10);

        Assert.True(cache.Set(1, "one"));
        Assert.True(cache.Set(1, "uno"));

        Assert.True(cache.TryGet(1, out string? value));
        Assert.Equal("uno", value);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void A_full_cache_keeps_what_was_just_set()
    {
        foreach (EvictionPolicy policy in Enum.GetValues<EvictionPolicy>())
        {
            using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 1, policy);
            for (int i = 0; i < 100; i++)
            {
                Assert.True(cache.Set(i, i));
                Assert.True(cache.TryGet(i, out int value));
                Assert.Equal(i, value);
                Assert.Equal(1, cache.Count);
            }
        }
    }

    [Fact]
    public void An_addition_leaves_a_present_value_alone()
    {
        using var cache = new Cache<int, string>(10);

        Assert.True(cache.TryAdd(1, "one"));
        Assert.False(cache.TryAdd(1, "uno"));

        Assert.Equal("one", cache.GetMany([1])[1]);
    }

    [Fact]
    public void An_update_replaces_a_present_value_and_adds_nothing()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");

        Assert.True(cache.TryUpdate(1, "uno"));
        Assert.False(cache.TryUpdate(2, "due"));

        Assert.Equal("uno", cache.GetMany([1])[1]);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void A_conditional_update_needs_the_present_value_to_equal_the_expected_one()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");

        Assert.False(cache.TryUpdate(1, "uno", "two"));
        Assert.True(cache.TryUpdate(1, "uno", string.Concat("o", "ne")));
        Assert.False(cache.TryUpdate(1, "un", "one"));
        Assert.False(cache.TryUpdate(2, "due", "two"));

        Assert.Equal("uno", cache.GetMany([1])[1]);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void A_conditional_update_knows_null()
    {
        using var cache = new Cache<int, string?>(10);
        cache.Set(1, null);

        Assert.False(cache.TryUpdate(1, "uno", "one"));
        Assert.True(cache.TryUpdate(1, "uno", null));
        Assert.True(cache.TryUpdate(1, null, "uno"));

        Assert.Null(cache.GetMany([1])[1]);
    }

    [Fact]
    public void A_conditional_update_compares_wide_values_by_content()
    {
        using var cache = new Cache<int, Wide>(10);
        cache.Set(1, new Wide(1, 2, "three"));

        Assert.True(cache.TryUpdate(1, new Wide(4, 5, "six"), new Wide(1, 2, "three")));
        Assert.False(cache.TryUpdate(1, default, new Wide(1, 2, "three")));

        Assert.Equal(new Wide(4, 5, "six"), cache.GetMany([1])[1]);
    }

    [Fact]
    public void Add_or_update_adds_the_value_or_makes_a_new_one_from_the_old()
    {
        using var cache = new Cache<string, int>(10);

        Assert.Equal(1, cache.AddOrUpdate("a", 1, (_, _) => throw new InvalidOperationException("absent")));
        Assert.Equal(3, cache.AddOrUpdate("a", 1, (key, old) => old + key.Length + 1));

        Assert.Equal(3, cache.GetMany(["a"])["a"]);
    }

    [Fact]
    public void Get_or_add_calls_its_factory_only_for_an_absent_key()
    {
        using var cache = new Cache<int, string>(10);

        Assert.Equal("7", cache.GetOrAdd(7, key => $"{key}"));
        Assert.Equal("7", cache.GetOrAdd(7, _ => throw new InvalidOperationException("present")));
        Assert.Equal("8!", cache.GetOrAdd(8, (key, end) => $"{key}{end}", "!"));
        Assert.Equal("8!", cache.GetOrAdd(8, (_, _) => throw new InvalidOperationException("present"), 0));
    }

    [Fact]
    public void Get_or_add_keeps_a_null_that_its_factory_makes()
    {
        using var cache = new Cache<int, string?>(10);

        Assert.Null(cache.GetOrAdd(1, _ => null));

        Assert.True(cache.ContainsKey(1));
    }

    [Theory]
    [InlineData("Set")]
    [InlineData("TryUpdate")]
    [InlineData("TryUpdate if")]
    [InlineData("AddOrUpdate")]
    [InlineData("GetOrAdd")]
    [InlineData("GetOrAdd with a state")]
    public void A_write_that_finds_the_key_counts_as_a_hit(string write)
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2, EvictionPolicy.Lru);
        cache.Set(1, 1);
        cache.Set(2, 2);

        _ = write switch
        {
            "Set" => cache.Set(1, 10),
            "TryUpdate" => cache.TryUpdate(1, 10),
            "TryUpdate if" => cache.TryUpdate(1, 10, 1),
            "AddOrUpdate" => cache.AddOrUpdate(1, 10, (_, _) => 10) == 10,
            "GetOrAdd" => cache.GetOrAdd(1, _ => 10) == 1,
            _ => cache.GetOrAdd(1, (_, state) => state, 10) == 1,
        };
        cache.Set(3, 3);

        Assert.True(cache.ContainsKey(1));
        Assert.False(cache.ContainsKey(2));
    }

    [Fact]
    public void Many_values_are_set_in_their_order()
    {
        using var cache = new Cache<int, string>(10);

        int kept = cache.SetMany([new(1, "one"), new(2, "two"), new(1, "uno")]);

        Assert.Equal(3, kept);
        Assert.Equal(new Dictionary<int, string> { [1] = "uno", [2] = "two" }, cache.GetMany([1, 2, 3]));
    }

    [Fact]
    public void What_comes_before_a_null_key_is_set()
    {
        using var cache = new Cache<string, int>(10);

        Assert.Throws<ArgumentNullException>(() => cache.SetMany([new("a", 1), new(null!, 2), new("b", 3)]));

        Assert.True(cache.ContainsKey("a"));
        Assert.False(cache.ContainsKey("b"));
    }
}
