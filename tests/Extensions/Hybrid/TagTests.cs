using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class TagTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removing_by_tag_removes_what_has_the_tag_and_nothing_else(bool hasSecond)
    {
        var time = new ManualTimeProvider();
        await using var test = new TestHybridCache(hasSecond ? new ScriptedSecondLevel(time) : null, time);
        await test.GetAsync("a", 1, null, "red");
        await test.GetAsync("ab", 1, null, "red", "blue");
        await test.Cache.SetAsync("b", 1, tags: new HashSet<string> { "blue" });
        await test.GetAsync("none", 1);

        await test.Cache.RemoveByTagAsync("green");
        Assert.Equal(1, await test.FindAsync<int>("a"));
        await test.Cache.RemoveByTagAsync("red");

        Assert.Equal((2, 2), (await test.GetAsync("a", 2, null, "red"), await test.GetAsync("ab", 2, null, "red", "blue")));
        Assert.Equal((1, 1), (await test.FindAsync<int>("b"), await test.FindAsync<int>("none")));
        Assert.Equal((2, 2), (await test.FindAsync<int>("a"), await test.FindAsync<int>("ab")));

        await test.Cache.RemoveByTagAsync(["blue", "red"]);
        Assert.Equal((3, 3, 3), (await test.GetAsync("a", 3), await test.GetAsync("ab", 3), await test.GetAsync("b", 3)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_star_stands_for_everything(bool hasSecond)
    {
        var time = new ManualTimeProvider();
        await using var test = new TestHybridCache(hasSecond ? new ScriptedSecondLevel(time) : null, time);
        await test.GetAsync("a", 1, null, "red");
        await test.GetAsync("none", 1);

        await test.Cache.RemoveByTagAsync("*");

        Assert.Equal((2, 2), (await test.GetAsync("a", 2, null, "red"), await test.GetAsync("none", 2)));
        Assert.Equal((2, 2), (await test.FindAsync<int>("a"), await test.FindAsync<int>("none")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("*")]
    public async Task A_tag_that_no_entry_can_have_is_refused(string? tag)
    {
        await using var test = new TestHybridCache();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await test.GetAsync("key", 1, null, "good", tag!));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await test.Cache.SetAsync("key", 1, tags: [tag!]));

        Assert.Equal(2, await test.GetAsync("key", 2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Removing_by_a_tag_that_nothing_has_does_nothing(string? tag)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("key", 1, null, "red");

            await test.Cache.RemoveByTagAsync(tag!);
            await test.Cache.RemoveByTagAsync([tag!]);
            await test.Cache.RemoveByTagAsync((IEnumerable<string>)null!);

            Assert.Equal(1, await test.FindAsync<int>("key"));
            Assert.Equal(1, second.Writes);
        }
    }

    [Fact]
    public async Task Tags_may_come_in_any_collection_and_twice()
    {
        await using var test = new TestHybridCache();
        await test.Cache.SetAsync("lazy", 1, tags: Enumerable.Range(0, 20).Select(static i => $"tag {i % 10}"));
        await test.Cache.SetAsync("none", 1, tags: Enumerable.Empty<string>());

        await test.Cache.RemoveByTagAsync("tag 9");

        Assert.Equal((2, 1), (await test.GetAsync("lazy", 2), await test.FindAsync<int>("none")));
    }

    [Fact]
    public async Task A_write_sets_the_tags_anew()
    {
        await using var test = new TestHybridCache();
        await test.Cache.SetAsync("key", 1, tags: ["red"]);
        await test.Cache.SetAsync("key", 2, tags: ["blue"]);

        await test.Cache.RemoveByTagAsync("red");
        Assert.Equal(2, await test.FindAsync<int>("key"));
        await test.Cache.RemoveByTagAsync("blue");

        Assert.Equal(3, await test.GetAsync("key", 3));
    }
}
