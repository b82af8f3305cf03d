namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Hit rates: curves over the capacity if there are several, otherwise bars.</summary>
internal static class HitRateCharts
{
    private const string Capacity = "capacity";

    public static bool Shows(Measurement figure) =>
        figure.Text("metric") is "hit_rate" or "byte_hit_rate" && figure.Number(Capacity) is not null;

    public static IEnumerable<IChart> Of(IReadOnlyList<Measurement> measurements) =>
        from figure in measurements
        group figure by figure.Text("metric") into metric
        select metric.Select(static figure => figure.Number(Capacity)).Distinct().Count() > 1
            ? (IChart)CurvesOf(metric.Key, metric)
            : BarsOf(metric.Key, metric);

    private static LineChart CurvesOf(string metric, IEnumerable<Measurement> figures) => new(
        $"{TitleOf(metric)} by capacity",
        "capacity, logarithmic",
        AxisOf(metric),
        [.. figures.GroupBy(static figure => figure.Text("workload")).Select(static workload => CurvesOf(workload.Key, [.. workload]))])
    {
        Least = 1,
        IsAcrossLogarithmic = true,
        Tick = Figure.Percent,
    };

    private static LinePanel CurvesOf(string workload, IReadOnlyList<Measurement> figures) => new(
        workload,
        [.. figures.Select(CapacityOf).Distinct().Order().Select(static capacity => (capacity, Format.Count((long)capacity)))],
        [.. figures.GroupBy(static figure => figure.Text("contestant")).Select(CurveOf)]);

    private static Series CurveOf(IGrouping<string, Measurement> figures) => new(
        figures.Key,
        [.. figures.OrderBy(CapacityOf).Select(static figure =>
            new Point(CapacityOf(figure), RateOf(figure), $"{Format.Count((long)CapacityOf(figure))}: {Format.Share(RateOf(figure))}"))])
    {
        IsReference = IsOptimum(figures.Key),
        IsValid = figures.All(static figure => figure.IsValid),
    };

    private static BarChart BarsOf(string metric, IEnumerable<Measurement> figures) => new(
        $"{TitleOf(metric)} at capacity {Format.Count((long)CapacityOf(figures.First()))}",
        AxisOf(metric),
        [.. figures.GroupBy(static figure => figure.Text("workload")).Select(static workload => new BarPanel(workload.Key, [.. workload.Select(BarOf)]))])
    {
        Least = 1,
        Tick = Figure.Percent,
    };

    private static Bar BarOf(Measurement figure)
    {
        string name = figure.Text("contestant");
        return new Bar(IsOptimum(name) ? $"{name} (knows the future)" : name, name, RateOf(figure), Format.Share(RateOf(figure)))
        {
            IsValid = figure.IsValid,
        };
    }

    private static string TitleOf(string metric) => metric == "hit_rate" ? "Hit rate" : "Hit rate by bytes";

    private static string AxisOf(string metric) => $"share of {(metric == "hit_rate" ? "requests" : "requested bytes")} that hit, more is better";

    private static bool IsOptimum(string contestant) => contestant == "optimum";

    private static double CapacityOf(Measurement figure) => figure.Number(Capacity) ?? 0;

    private static double RateOf(Measurement figure) => figure.Number("value") ?? 0;
}
