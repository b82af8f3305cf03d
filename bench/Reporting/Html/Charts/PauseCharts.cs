namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>How long the garbage collector paused each contestant, with its collections as text.</summary>
internal static class PauseCharts
{
    private const string Pause = "gc_pause";

    private static readonly string[] Collections = ["gen0_collections", "gen1_collections", "gen2_collections"];

    public static bool Shows(Measurement figure) => figure.Text("metric") is var metric && (metric == Pause || Collections.Contains(metric));

    public static IEnumerable<IChart> Of(IReadOnlyList<Measurement> measurements)
    {
        List<Measurement> pauses = [.. measurements.Where(static figure => figure.Text("metric") == Pause)];
        if (pauses.Count > 0)
        {
            yield return new BarChart(
                "Pauses of the garbage collector",
                $"{pauses[0].Text("unit")} in all, less is better",
                [.. Circumstances.Split(measurements).Select(static panel => new BarPanel(panel.Title, [.. BarsOf(panel.Figures)]))]);
        }
    }

    private static IEnumerable<Bar> BarsOf(IReadOnlyList<Measurement> figures) =>
        from pause in figures
        where pause.Text("metric") == Pause
        let contestant = pause.Text("contestant")
        let value = pause.Number("value") ?? 0
        let counts = Collections.Select(metric => figures.FirstOrDefault(figure => figure.Text("metric") == metric && figure.Text("contestant") == contestant))
        let text = counts.Any(static count => count is null) ? "" : $" \u00B7 gen 0/1/2: {string.Join('/', counts.Select(static count => count!.Text("value")))}"
        select new Bar(contestant, contestant, value, Figure.WithUnit(value, pause.Text("unit")) + text) { IsValid = pause.IsValid };
}
