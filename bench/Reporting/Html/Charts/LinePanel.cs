namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Lines over the same figures at the horizontal axis.</summary>
internal sealed record LinePanel(string Title, IReadOnlyList<(double Place, string Text)> Ticks, IReadOnlyList<Series> Lines);
