namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Bars that belong together, such as the contestants of one workload.</summary>
internal sealed record BarPanel(string Title, IReadOnlyList<Bar> Bars);
