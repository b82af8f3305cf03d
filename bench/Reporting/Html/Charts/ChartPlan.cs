namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Which charts the figures of a table make: chosen by what the figures say of themselves.</summary>
internal static class ChartPlan
{
    public static IReadOnlyList<IChart> Of(IReadOnlyList<Measurement> measurements)
    {
        List<Measurement> rest = [.. measurements.Where(static figure => figure.Number("value") is not null)];
        return
        [
            .. HitRateCharts.Of(Take(rest, HitRateCharts.Shows)),
            .. LatencyCharts.Of(Take(rest, LatencyCharts.Shows)),
            .. RatioCharts.Of(Take(rest, RatioCharts.Shows)),
            .. PauseCharts.Of(Take(rest, PauseCharts.Shows)),
            // A bar alone shows nothing that its figure does not.
            .. ValueCharts.Of(Take(rest, ValueCharts.Shows)).Where(static chart => chart.Panels.Sum(static panel => panel.Bars.Count) > 1),
        ];
    }

    private static List<Measurement> Take(List<Measurement> from, Predicate<Measurement> shows)
    {
        List<Measurement> taken = from.FindAll(shows);
        from.RemoveAll(shows);
        return taken;
    }
}
