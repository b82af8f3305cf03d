using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheReadTests
{
    [Fact]
    public void A_key_that_was_set_is_found_by_every_read()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");

        Assert.True(cache.TryGet(1, out string? got));
        Assert.True(cache.TryPeek(1, out string? peeked));
        Assert.True(cache.ContainsKey(1));
        Assert.Equal("one", got);
        Assert.Equal("one", peeked);
    }

    [Fact]
    public void An_absent_key_is_not_found_and_the_value_is_the_default()
    {
        using var cache = new Cache<int, string>(10);
        using var numbers = new Cache<int, int>(10);
        cache.Set(1, "one");
        numbers.Set(1, 1);
        string? text = "left over";
        int number = 17;

        Assert.False(cache.TryGet(2, out text));
        Assert.Null(text);
        Assert.False(numbers.TryGet(2, out number));
        Assert.Equal(0, number);
        Assert.False(cache.TryPeek(2, out text));
        Assert.False(cache.ContainsKey(2));
    }

    [Fact]
    public void A_read_returns_the_very_object_that_was_set()
    {
        using var cache = new Cache<string, object>(10);
        object value = new();
        cache.Set("key", value);

        cache.TryGet("key", out object? found);

        Assert.Same(value, found);
    }

    [Fact]
    public void A_read_keeps_an_entry_longer()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2, EvictionPolicy.Lru);
        cache.Set(1, 1);
        cache.Set(2, 2);

        cache.TryGet(1, out _);
        cache.Set(3, 3);

        Assert.True(cache.ContainsKey(1));
        Assert.False(cache.ContainsKey(2));
    }

    [Fact]
    public void A_bulk_read_keeps_its_entries_longer()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2, EvictionPolicy.Lru);
        cache.Set(1, 1);
        cache.Set(2, 2);

        cache.GetMany([1]);
        cache.Set(3, 3);

        Assert.True(cache.ContainsKey(1));
        Assert.False(cache.ContainsKey(2));
    }

    [Fact]
    public void A_peek_has_no_effect_on_how_long_an_entry_is_kept()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2, EvictionPolicy.Lru);
        cache.Set(1, 1);
        cache.Set(2, 2);

        cache.TryPeek(1, out _);
        cache.ContainsKey(1);
        cache.Set(3, 3);

        Assert.False(cache.ContainsKey(1));
        Assert.True(cache.ContainsKey(2));
    }

    [Fact]
    public void Reads_do_not_matter_to_a_first_in_first_out_cache()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2, EvictionPolicy.Fifo);
        cache.Set(1, 1);
        cache.Set(2, 2);

        cache.TryGet(1, out _);
        cache.Set(1, 10);
        cache.Set(3, 3);

        Assert.False(cache.ContainsKey(1));
        Assert.True(cache.ContainsKey(2));
    }

    [Fact]
    public void Many_keys_are_answered_with_those_that_are_present()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");
        cache.Set(3, "three");

        Dictionary<int, string> found = cache.GetMany([1, 2, 3]);

        Assert.Equal(new Dictionary<int, string> { [1] = "one", [3] = "three" }, found);
    }

    [Fact]
    public void A_key_that_is_asked_for_twice_is_answered_once()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");

        Dictionary<int, string> found = cache.GetMany([1, 1, 1, 2, 2]);

        Assert.Equal("one", Assert.Single(found).Value);
    }

    [Fact]
    public void The_answer_for_many_keys_compares_keys_as_the_cache_does()
    {
        using Cache<string, int> cache = TestCache.Of<string, int>(10, comparer: StringComparer.OrdinalIgnoreCase);
        cache.Set("Key", 1);

        Dictionary<string, int> found = cache.GetMany(["KEY", "key"]);

        Assert.Single(found);
        Assert.Equal(1, found["kEY"]);
    }

    [Fact]
    public void Many_keys_may_come_from_any_sequence_even_an_empty_one()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(4, "four");

        Assert.Empty(cache.GetMany([]));
        Assert.Equal("four", Assert.Single(cache.GetMany(Enumerable.Range(0, 100).Where(i => i % 2 == 0))).Value);
    }

    [Fact]
    public void A_null_value_is_a_value()
    {
        using var cache = new Cache<int, string?>(10);

        cache.Set(1, null);

        Assert.True(cache.TryGet(1, out string? value));
        Assert.Null(value);
        Assert.True(cache.ContainsKey(1));
        Assert.True(cache.GetMany([1]).ContainsKey(1));
        Assert.Null(cache.GetOrAdd(1, _ => "other"));
    }
}
