using Xunit;

namespace FastCache.Tests.Unit.Tagging;

public sealed class TagOptionsTests
{
    [Fact]
    public void Tags_are_what_was_set_and_none_by_default()
    {
        Assert.Null(default(EntryOptions).Tags);
        Assert.Equal(["a", "b"], new EntryOptions { Tags = ["a", "b"] }.Tags!);
        Assert.Null((new EntryOptions { Tags = ["a"] } with { Tags = null }).Tags);
    }

    [Fact]
    public void An_empty_list_means_none()
    {
        Assert.Null(new EntryOptions { Tags = [] }.Tags);
        Assert.Equal(default, new EntryOptions { Tags = [] });
    }

    [Fact]
    public void A_tag_that_is_null_or_empty_is_refused()
    {
        Assert.Equal("Tags", Assert.Throws<ArgumentNullException>(static () => new EntryOptions { Tags = ["a", null!] }).ParamName);
        Assert.Equal("Tags", Assert.Throws<ArgumentException>(static () => new EntryOptions { Tags = ["a", ""] }).ParamName);
    }

    [Fact]
    public void Later_changes_to_the_list_have_no_effect()
    {
        List<string> tags = ["a"];
        var options = new EntryOptions { Tags = tags };

        tags[0] = "b";

        Assert.Equal(["a"], options.Tags!);
    }

    [Fact]
    public void Options_are_equal_by_the_content_of_their_tags()
    {
        var options = new EntryOptions { Tags = ["a", "b"] };
        var same = new EntryOptions { Tags = new List<string> { "a", "b" } };

        Assert.True(options == same);
        Assert.Equal(options.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(options, new EntryOptions { Tags = ["a"] });
        Assert.NotEqual(options, new EntryOptions { Tags = ["a", "c"] });
        Assert.NotEqual(options, default);
        Assert.NotEqual(options, options with { ExpireAfterWrite = TimeSpan.FromSeconds(1) });
    }
}
