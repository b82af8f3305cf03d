namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Times beside those of a baseline in the same rounds: the ratio as a bar, its extremes as a whisker, the time as text.</summary>
internal static class RatioCharts
{
    /// <summary>Times the baseline. What takes longer is not the question any more, and would make the rest unreadable.</summary>
    private const double Longest = 5;

    public static bool Shows(Measurement figure) =>
        figure.Number("ratio") is not null && figure.Text("unit") is "ns" or "ns/op";

    public static IEnumerable<IChart> Of(IReadOnlyList<Measurement> measurements)
    {
        foreach (IGrouping<string, Measurement> metric in measurements.GroupBy(static figure => figure.Text("metric")))
        {
            yield return new BarChart(
                $"{Figure.Title(metric.Key)}, as a multiple of the baseline's in the same round",
                "times the baseline, less is better",
                Panels([.. metric]))
            {
                Reference = 1,
                Limit = Longest,
            };
        }
    }

    private static IReadOnlyList<BarPanel> Panels(IReadOnlyList<Measurement> figures) =>
        [.. Circumstances.Split(figures).Select(static panel => new BarPanel(panel.Title, [.. panel.Figures.Select(BarOf)]))];

    private static Bar BarOf(Measurement figure)
    {
        double ratio = figure.Number("ratio") ?? 0;
        (double? min, double? max) = (figure.Number("min"), figure.Number("max"));
        string time = Figure.WithUnit(figure.Number("value") ?? 0, figure.Text("unit"));
        return new Bar(figure.Text("contestant"), figure.Text("contestant"), ratio, $"{Figure.Ratio(ratio, min, max)} \u00B7 {time}")
        {
            Min = min,
            Max = max,
            IsBaseline = figure.IsBaseline,
            IsValid = figure.IsValid,
        };
    }

    private static bool IsBaseline(Measurement figure) => figure.IsBaseline;
}
