using FastCache.Bench.Reporting.Html.Charts;

namespace FastCache.Bench.Reporting.Html;

/// <summary>Something that stands in a section, under what came before.</summary>
internal interface IPageBlock
{
    void Write(Markup markup, Palette palette);
}
