using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Unit.Tagging.TaggedCache;

namespace FastCache.Tests.Unit.Tagging;

/// <summary>Gate: a hit allocates nothing, tags or not; a write allocates for the tags that it brings and nothing else.</summary>
public sealed class TagAllocationTests
{
    private const int Capacity = 1000;
    private const int BytesOfTags = 40;
    private const int Calls = 10_000;
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("plain")]
    [InlineData("sliding")]
    [InlineData("sliding, precise")]
    [InlineData("computed at reads")]
    [InlineData("all of it")]
    public void Hits_allocate_nothing(string kind)
    {
        using Cache<int, string> cache = Of(kind, _time, Capacity);
        EntryOptions one = Tagged("a");
        cache.Set(1, "value", one);
        cache.Set(2, "value", Tagged("a", "b", "c"));
        cache.Set(3, "value");

        Assert.Equal(0, Allocations.Of(i => Assert.True(cache.TryGet(1 + (i % 3), out _))));
        Assert.Equal(0, Allocations.Of(i => Assert.True(cache.TryPeek(1 + (i % 3), out _))));
        Assert.Equal(0, Allocations.Of(i => cache.GetOrAdd(1 + (i % 3), static _ => "", one)));
        Assert.Equal(0, Allocations.Of(i => Assert.NotNull(cache.TimeToLive(1 + (i % 3)))));
    }

    [Fact]
    public void Writes_without_tags_allocate_nothing_beside_others_with_tags()
    {
        using Cache<int, string> cache = Fill();
        EntryOptions life = ExpiringCache.For(TimeSpan.FromHours(1));

        Assert.Equal(0, Allocations.Of(_ => cache.Set(1, "value")));
        Assert.Equal(0, Allocations.Of(i => cache.Set(i, "value")));
        Assert.Equal(0, Allocations.Of(i => cache.Set(i, "value", life)));
        Assert.Equal(0, Allocations.Of(i => cache.GetOrAdd(-i, static _ => "value")));
    }

    [Fact]
    public void A_write_with_a_tag_allocates_one_object()
    {
        using Cache<int, string> cache = Fill();
        EntryOptions options = Tagged("tag 1");

        AssertOneEach(Allocations.Of(_ => cache.Set(1, "value", options)));
        AssertOneEach(Allocations.Of(i => cache.Set(i, "value", options)));
        AssertOneEach(Allocations.Of(i => cache.GetOrAdd(-i, static _ => "value", options)));

        static void AssertOneEach(long bytes) => Assert.InRange(bytes, Calls * BytesOfTags, (Calls * BytesOfTags) + 8192);
    }

    private Cache<int, string> Fill()
    {
        Cache<int, string> cache = Of("plain", _time, Capacity);
        for (int key = 0; key < 20 * Capacity; key++)
        {
            cache.Set(key, "value", Tagged($"tag {key % 10}") with { ExpireAfterWrite = TimeSpan.FromHours(2) });
        }

        return cache;
    }
}
