namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Figures of any kind as bars, those of one unit in one chart.</summary>
internal static class ValueCharts
{
    private const string Share = "share";

    /// <summary>Counts are for tables, and so is what is about the run and not about a contestant.</summary>
    public static bool Shows(Measurement figure) => figure.Text("unit") != "count" && figure.Text("verb") is not ("main" or "machine");

    public static IEnumerable<BarChart> Of(IReadOnlyList<Measurement> measurements) =>
        from figure in measurements
        group figure by figure.Text("unit") into unit
        let panels = Join([.. Circumstances.Split([.. unit], "baseline").Select(static panel => PanelOf(panel.Title, panel.Figures))])
        select new BarChart(TitleOf(unit), AxisOf(unit.Key), panels)
        {
            Least = unit.Key == Share ? 1 : 0,
            Tick = unit.Key == Share ? Figure.Percent : Figure.Tick,
        };

    private static BarPanel PanelOf(string title, IReadOnlyList<Measurement> figures)
    {
        bool isOneMetric = figures.All(figure => figure.Text("metric") == figures[0].Text("metric"));
        bool isOneContestant = figures.All(figure => figure.Text("contestant") == figures[0].Text("contestant"));
        return new BarPanel(title, [.. figures.Select(BarOf)]);

        Bar BarOf(Measurement figure)
        {
            string contestant = figure.Text("contestant");
            string metric = Figure.Name(figure.Text("metric"));
            string name = isOneMetric ? contestant : isOneContestant ? metric : $"{metric}, {contestant}";
            return new Bar(name, contestant, figure.Number("value") ?? 0, TextOf(figure))
            {
                IsBaseline = figure.IsBaseline,
                IsValid = figure.IsValid,
            };
        }
    }

    /// <summary>One panel in place of many with a bar each.</summary>
    private static IReadOnlyList<BarPanel> Join(IReadOnlyList<BarPanel> panels) =>
        panels.Count > 1 && panels.All(static panel => panel.Bars.Count == 1)
            ? [new BarPanel("", [.. panels.Select(static panel => panel.Bars[0] with { Name = panel.Title })])]
            : panels;

    private static string TextOf(Measurement figure)
    {
        double value = figure.Number("value") ?? 0;
        string text = Figure.WithUnit(value, figure.Text("unit"));
        return figure.Number("ratio") is { } ratio && !figure.IsBaseline
            ? $"{Figure.Ratio(ratio, figure.Number("min"), figure.Number("max"))} {figure.Text("baseline")} \u00B7 {text}"
            : text;
    }

    private static string TitleOf(IEnumerable<Measurement> figures)
    {
        string[] metrics = [.. figures.Select(static figure => figure.Text("metric")).Distinct()];
        return string.Join(", ", [Figure.Title(metrics[0]), .. metrics.Skip(1).Select(Figure.Name)]);
    }

    private static string AxisOf(string unit)
    {
        string direction = Figure.Direction(unit);
        return direction.Length == 0 ? unit : $"{unit}, {direction}";
    }
}
