namespace FastCache.Bench.Reporting.Html.Charts;

/// <param name="Place">Where it stands at the horizontal axis.</param>
/// <param name="Text">Both figures, for those who point at it.</param>
/// <param name="IsApart">Whether no line leads to it.</param>
internal readonly record struct Point(double Place, double Value, string Text, bool IsApart = false);
