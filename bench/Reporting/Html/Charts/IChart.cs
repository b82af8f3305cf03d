namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>A figure with a caption and one or more panels of the same scale.</summary>
internal interface IChart
{
    void Write(Markup markup, Palette palette);
}
