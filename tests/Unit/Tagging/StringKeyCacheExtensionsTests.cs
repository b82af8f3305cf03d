using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Tagging;

public sealed class StringKeyCacheExtensionsTests
{
    private static readonly string[] Keys =
    [
        "users", "users:", "users:1", "users:1:profile", "users:2:profile", "users::profile", "users:1:2:profile", "users:1:profile:x",
        "Users:1:profile", "orders:1", "orders:1:lines", "a*b",
    ];

    [Theory]
    [InlineData("users:1", "users:1", "users:1:2:profile", "users:1:profile", "users:1:profile:x")]
    [InlineData("users:1:profile:x:y")]
    [InlineData("Users", "Users:1:profile")]
    [InlineData("a*", "a*b")]
    public void A_prefix_is_the_beginning_of_a_key_to_the_letter(string prefix, params string[] removed)
        => AssertRemoves(cache => cache.RemoveByPrefix(prefix), removed);

    [Fact]
    public void The_empty_prefix_begins_every_key() => AssertRemoves(static cache => cache.RemoveByPrefix(""), Keys);

    [Theory]
    [InlineData("users:*:profile", "users:1:profile", "users:2:profile", "users::profile")]
    [InlineData("users:*", "users:", "users:1", "users:1:2:profile", "users:1:profile", "users:1:profile:x", "users:2:profile", "users::profile")]
    [InlineData("*:1:profile", "Users:1:profile", "users:1:profile")]
    [InlineData("users:*:*:profile", "users:1:2:profile")]
    [InlineData("orders:*:*", "orders:1:lines")]
    [InlineData("orders:1", "orders:1")]
    [InlineData("users", "users")]
    [InlineData("users:1:profile:x:y")]
    [InlineData("*", "Users:1:profile", "a*b", "orders:1", "orders:1:lines", "users", "users:", "users:1", "users:1:2:profile", "users:1:profile", "users:1:profile:x", "users:2:profile", "users::profile")]
    public void A_star_is_one_segment_and_at_the_end_the_rest(string pattern, params string[] removed)
        => AssertRemoves(cache => cache.RemoveByPattern(pattern), removed);

    [Theory]
    [InlineData("")]
    [InlineData("us*rs:1")]
    [InlineData("users:1*")]
    [InlineData("**")]
    public void A_pattern_that_could_mean_something_else_is_refused(string pattern)
    {
        using Cache<string, int> cache = TestCache.Of<string, int>(10);
        Assert.Throws<ArgumentException>(nameof(pattern), () => cache.RemoveByPattern(pattern));
    }

    private static void AssertRemoves(Func<Cache<string, int>, int> remove, string[] removed)
    {
        using Cache<string, int> cache = TestCache.Of<string, int>(100);
        cache.SetMany(Keys.Select(static key => KeyValuePair.Create(key, 1)));

        int count = remove(cache);

        Assert.Equal(
            removed.Order(StringComparer.Ordinal), Keys.Where(key => !cache.ContainsKey(key)).Order(StringComparer.Ordinal));
        Assert.Equal(removed.Length, count);
    }
}
