using System.Globalization;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Percentiles as lines over a logarithmic time; the maximum apart, as it is mostly the machine's. Ratios of percentiles as bars.</summary>
internal static class LatencyCharts
{
    private const string Maximum = "max";

    public static bool Shows(Measurement figure) => figure.Text("unit") == "ns" && ShareOf(figure) is not null;

    public static IEnumerable<IChart> Of(IReadOnlyList<Measurement> measurements)
    {
        if (measurements.Count == 0)
        {
            yield break;
        }

        yield return new LineChart("Latency by percentile", "percentile of all operations", "time of one operation, logarithmic, less is better", Panels(measurements))
        {
            IsLogarithmic = true,
            Tick = Figure.Time,
        };
        foreach (IChart chart in RatioCharts.Of([.. measurements.Where(RatioCharts.Shows)]))
        {
            yield return chart;
        }
    }

    private static IReadOnlyList<LinePanel> Panels(IReadOnlyList<Measurement> measurements) =>
        [.. Circumstances.Split(measurements, "baseline").Select(static panel => PanelOf(panel.Title, panel.Figures))];

    private static LinePanel PanelOf(string title, IReadOnlyList<Measurement> figures)
    {
        List<string> percentiles = [.. figures.DistinctBy(static figure => figure.Text("metric")).OrderBy(ShareOf).Select(static figure => figure.Text("metric"))];
        return new LinePanel(
            title,
            [.. percentiles.Select(static (name, index) => ((double)index, name))],
            [.. figures.GroupBy(static figure => figure.Text("contestant")).Select(line => LineOf(line, percentiles))]);
    }

    private static Series LineOf(IGrouping<string, Measurement> figures, List<string> percentiles) => new(
        figures.Key,
        [.. figures.OrderBy(ShareOf).Select(figure => PointOf(figure, percentiles))])
    {
        IsReference = figures.Key.StartsWith('('),
        IsValid = figures.All(static figure => figure.IsValid),
    };

    private static Point PointOf(Measurement figure, List<string> percentiles)
    {
        string name = figure.Text("metric");
        double value = figure.Number("value") ?? 0;
        return new Point(percentiles.IndexOf(name), value, $"{name} {Format.Duration(value)}", IsApart: name == Maximum);
    }

    /// <summary>Of p99.9, 99.9.</summary>
    private static double? ShareOf(Measurement figure)
    {
        string metric = figure.Text("metric");
        return metric == Maximum ? 100
            : metric.StartsWith('p') && double.TryParse(metric.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture, out double share) ? share
            : null;
    }
}
