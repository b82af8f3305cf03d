using FastCache.Tests.Docs.Pages;
using Xunit;

namespace FastCache.Tests.Docs;

public class LinkTests
{
    private static readonly Page Somewhere = new("docs/somewhere.md", ["# One, *two*: `three_3`", "# Same", "# Same", "```", "# no heading", "```"]);

    public static IEnumerable<TheoryDataRow<string>> Pages => Page.All.Select(static page => new TheoryDataRow<string>(page.Path));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_somewhere(string page)
    {
        IEnumerable<string> faults = Link.Of(Page.All.Single(one => one.Path == page))
            .Select(static link => link.FindFault(Page.All))
            .OfType<string>();

        Assert.Empty(faults);
    }

    [Fact]
    public void The_index_links_to_every_page()
    {
        IEnumerable<string> linked = Link.Of(Page.All.Single(static page => page.Path == "docs/README.md")).Select(static link => link.Path);

        IEnumerable<string> missing = Page.ForUsers.Select(static page => page.Path).Except([.. linked, "README.md", "docs/README.md"]);

        Assert.Empty(missing);
    }

    [Fact]
    public void Headings_have_the_anchors_that_GitHub_gives_them()
        => Assert.Equal(["one-two-three_3", "same", "same-1"], Anchors.Of(Somewhere));

    [Theory]
    [InlineData("[a](nowhere.md)", "docs/here.md:1: there is no docs/nowhere.md.")]
    [InlineData("[a](somewhere.md#four)", "docs/here.md:1: there is no docs/somewhere.md.")]
    [InlineData("[a](../README.md#no-such-heading)", "docs/here.md:1: there is no heading #no-such-heading in README.md.")]
    [InlineData("[a](#no-such-heading)", "docs/here.md:1: there is no docs/here.md.")]
    [InlineData("![a](images/nothing.svg)", "docs/here.md:1: there is no docs/images/nothing.svg.")]
    [InlineData("[a](../README.md#try-it), [b](../src/FastCache)", null)]
    [InlineData("`[a](nowhere.md)`, [b](https://example.org/nowhere.md)", null)]
    public void A_link_that_leads_nowhere_is_found(string text, string? fault)
    {
        var here = new Page("docs/here.md", [text]);

        Assert.Equal(fault, Link.Of(here).Select(static link => link.FindFault(Page.All)).FirstOrDefault(static found => found is not null));
    }
}
