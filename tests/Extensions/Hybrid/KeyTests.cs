using FastCache.Tests.Extensions.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class KeyTests
{
    public static TheoryData<string?, string> Unusable => new()
    {
        { null, "EmptyOrWhitespace" },
        { "", "EmptyOrWhitespace" },
        { " \t", "EmptyOrWhitespace" },
        { "a\0c", "ControlCharacters" },
        { "a\u001Fc", "ControlCharacters" },
        { new string('x', 1_025), "TooLong" },
        { "__FastCache:tag:red", "Reserved" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task A_key_that_cannot_be_used_is_served_without_the_cache(string? key, string fault)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            Assert.Equal(1, await test.GetAsync(key!, 1));
            Assert.Equal(2, await test.GetAsync(key!, 2));
            Assert.Equal(3, await test.Cache.GetOrCreateAsync(key.AsSpan(), static _ => new ValueTask<int>(3)));
            Assert.Equal(0, await test.FindAsync<int>(key!, TestHybridCache.With(HybridCacheEntryFlags.DisableUnderlyingData)));
            await test.Cache.SetAsync(key!, 4);
            await test.Cache.RemoveAsync(key!);

            Assert.Equal((0, 0, 0, 0L), (second.Reads, second.Writes, second.Removals, test.Cache.Statistics.Count));
            Assert.All(test.Logged[..3], static id => Assert.Equal(2301, id));
            Assert.All(test.Logger.Entries, entry => Assert.EndsWith($"because of its key: {fault}.", entry.Message, StringComparison.Ordinal));
            test.AssertAtRest();
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" a ")]
    [InlineData("a b")]
    [InlineData("Schlüssel/鍵:*😀")]
    public async Task Any_other_string_is_a_key_and_case_counts(string key)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync(key, 1);
            Assert.Equal(1, await test.FindAsync<int>(key));
            Assert.Equal(2, await test.GetAsync(key.ToUpperInvariant(), 2));
            Assert.NotNull(second[key]);
            Assert.Empty(test.Logged);
        }
    }

    [Fact]
    public async Task The_longest_key_is_a_setting()
    {
        await using var test = new TestHybridCache(configure: static options => options.Hybrid.MaximumKeyLength = 3);
        await test.GetAsync("abc", 1);
        await test.GetAsync("abcd", 1);

        Assert.Equal((1, 2), (await test.GetAsync("abc", 2), await test.GetAsync("abcd", 2)));
    }

    // By number: metadata holds UTF-8, which has no malformed strings.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_malformed_is_kept_here_only(int number)
    {
        (string key, string tag) = number switch
        {
            0 => ("key\uD800", "tag"),
            1 => ("\uDC00key", "tag"),
            _ => ("key", "tag\uD800"),
        };
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            Assert.Equal(1, await test.GetAsync(key, 1, null, tag));
            Assert.Equal(1, await test.FindAsync<int>(key));
            await test.Cache.SetAsync(key, 2, tags: [tag]);
            Assert.Equal(2, await test.FindAsync<int>(key));

            // Under a good key it is asked for the star, and for nothing that it would take for another tag.
            Assert.Equal((0, 0, number == 2 ? 1 : 0), (second.Reads, second.Writes, second.TagReads));
            Assert.All(test.Logged, static id => Assert.Equal(2302, id));
            Assert.NotEmpty(test.Logged);

            await test.Cache.RemoveByTagAsync(tag);
            Assert.Equal(3, await test.GetAsync(key, 3, null, tag));
            await test.Cache.RemoveAsync(key);
            Assert.Equal(4, await test.GetAsync(key, 4, null, tag));
            Assert.Equal(number == 2 ? 1 : 0, second.Removals);
        }
    }

    [Fact]
    public async Task Tags_that_no_payload_has_room_for_are_known_here_only()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            string[] tags = [.. Enumerable.Range(0, 100).Select(static i => new string((char)('a' + (i % 26)), 1_000) + i)];

            Assert.Equal(1, await test.GetAsync("key", 1, null, tags));

            Assert.Equal(0, second.Writes);
            Assert.Equal([2302], test.Logged);
            await test.Cache.RemoveByTagAsync(tags[99]);
            Assert.Equal(2, await test.GetAsync("key", 2));
        }
    }
}
