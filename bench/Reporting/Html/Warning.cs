using FastCache.Bench.Reporting.Html.Charts;

namespace FastCache.Bench.Reporting.Html;

/// <summary>Something the reader must not miss, where it happened.</summary>
internal sealed class Warning(string text) : IPageBlock
{
    public void Write(Markup markup, Palette palette) => markup.Element("p", text, ("class", "warning"), ("role", "note"));
}
