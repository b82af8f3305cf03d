using FastCache.Bench.Reporting.Html.Charts;

namespace FastCache.Bench.Reporting.Html;

/// <summary>A table, and above it the charts of what was measured for it.</summary>
internal sealed class PageTable(IReadOnlyList<Column> columns) : IPageBlock
{
    /// <summary>What the text report says of a row that did not do its work.</summary>
    public const string InvalidMark = "INVALID";

    private readonly List<List<IReadOnlyList<string>>> _groups = [[]];

    public IReadOnlyList<Column> Columns { get; } = columns;

    public List<Measurement> Measurements { get; } = [];

    public int InvalidRows => _groups.Sum(static group => group.Count(IsInvalid));

    public void Add(IReadOnlyList<string> cells) => _groups[^1].Add(cells);

    public void EndGroup()
    {
        if (_groups[^1].Count > 0)
        {
            _groups.Add([]);
        }
    }

    public void Write(Markup markup, Palette palette)
    {
        WriteCharts(markup, palette);

        // Wide tables scroll by themselves, with the keyboard too.
        markup.Open("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Table of results")).Open("table");
        markup.Open("thead").Open("tr");
        foreach (Column column in Columns)
        {
            markup.Element("th", column.Header, ("scope", "col"), ("class", ClassOf(column)));
        }

        markup.Close().Close();
        foreach (List<IReadOnlyList<string>> group in _groups.Where(static group => group.Count > 0))
        {
            markup.Open("tbody");
            group.ForEach(row => Write(markup, row));
            markup.Close();
        }

        markup.Close().Close();
    }

    private void WriteCharts(Markup markup, Palette palette)
    {
        IReadOnlyList<IChart> charts = ChartPlan.Of(Measurements);
        if (charts.Count > 0)
        {
            markup.Open("div", ("class", "charts"));
            foreach (IChart chart in charts)
            {
                chart.Write(markup, palette);
            }

            markup.Close();
        }
    }

    private void Write(Markup markup, IReadOnlyList<string> cells)
    {
        markup.Open("tr", ("class", IsInvalid(cells) ? "invalid" : null));
        for (int i = 0; i < cells.Count; i++)
        {
            string? kind = ClassOf(Columns[i]);
            if (Columns[i].IsText)
            {
                markup.Element("th", cells[i], ("scope", "row"), ("class", kind));
                continue;
            }

            markup.Element("td", cells[i], ("class", kind));
        }

        markup.Close();
    }

    private static string? ClassOf(Column column) => column.IsText ? "text" : null;

    private static bool IsInvalid(IReadOnlyList<string> cells) =>
        cells.Any(static cell => cell.Contains(InvalidMark, StringComparison.Ordinal));
}
