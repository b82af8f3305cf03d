namespace FastCache.Bench.Reporting.Html;

/// <summary>What stands under a heading.</summary>
internal sealed class PageSection(string title)
{
    public string Title { get; } = title;

    public List<IPageBlock> Blocks { get; } = [];
}
