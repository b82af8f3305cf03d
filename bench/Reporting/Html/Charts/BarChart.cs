namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>
/// Bars from zero, each under its name and its figures. All panels have the same axis; what is much longer than the
/// rest is cut, and looks it.
/// </summary>
/// <param name="Name">What the figures are, for the caption.</param>
/// <param name="Axis">What stands at the axis: the figure, its unit, and which way is better.</param>
internal sealed record BarChart(string Name, string Axis, IReadOnlyList<BarPanel> Panels) : IChart
{
    public const double Left = 2;
    public const double Right = Frame.Width - 14;

    private const double RowHeight = 36;
    private const double TextHeight = 13;
    private const double LineHeight = 15;

    /// <summary>Of a character in a wide font: what may not fit beside its name goes under it.</summary>
    private const double CharacterWidth = 7.3;

    private const double BarTop = 18;
    private const double BarHeight = 12;
    private const double AxisHeight = 36;

    /// <summary>Where a line goes through all bars of a panel; the ratio of the baseline to itself.</summary>
    public double? Reference { get; init; }

    /// <summary>The longest bar that is not cut.</summary>
    public double Limit { get; init; } = double.PositiveInfinity;

    /// <summary>Where the axis ends at least, such as at a share of one.</summary>
    public double Least { get; init; }

    public Func<double, string> Tick { get; init; } = Figure.Tick;

    public void Write(Markup markup, Palette palette)
    {
        Frame.Open(markup, Name, Panels.Count == 1);
        double most = Panels.SelectMany(static panel => panel.Bars)
            .Select(bar => Math.Min(Limit, Math.Max(bar.Value, bar.Max ?? 0)))
            .Append(Math.Max(Least, Reference ?? 0))
            .Max();
        Scale scale = Scale.FromZero(most, Left, Right);
        foreach (BarPanel panel in Panels)
        {
            Write(markup, palette, panel, scale);
        }

        Frame.Close(markup);
    }

    private void Write(Markup markup, Palette palette, BarPanel panel, Scale scale)
    {
        double bottom = panel.Bars.Sum(HeightOf) + 2;
        string words = string.Join("; ", panel.Bars.Select(static bar => $"{NameOf(bar)}: {bar.Text}"));
        Frame.OpenPanel(markup, panel.Title, Name, words, bottom + AxisHeight);
        foreach (double tick in scale.Ticks)
        {
            double x = scale.PlaceOf(tick);
            markup.Element("line", "", ("class", "grid"), ("x1", x), ("x2", x), ("y1", 0d), ("y2", bottom));
            string anchor = tick == 0 ? "start" : "middle";
            markup.Element("text", Tick(tick), ("class", "tick"), ("x", x), ("y", bottom + 14), ("text-anchor", anchor));
        }

        double top = 0;
        foreach (Bar bar in panel.Bars)
        {
            top += HeightOf(bar);
            Write(markup, palette, bar, scale, top - HeightOf(bar), top - RowHeight + BarTop);
        }

        markup.Element("line", "", ("class", "axis"), ("x1", Left), ("x2", Left), ("y1", 0d), ("y2", bottom));
        markup.Element("text", Axis, ("class", "axis-name"), ("x", Right), ("y", bottom + 30), ("text-anchor", "end"));
        Frame.ClosePanel(markup);
    }

    private void Write(Markup markup, Palette palette, Bar bar, Scale scale, double top, double y)
    {
        double end = scale.PlaceOf(bar.Value);
        markup.Open("g", ("class", $"{palette.ClassOf(bar.Contestant)}{(bar.IsValid ? "" : " flawed")}"));
        markup.Element("title", $"{NameOf(bar)}: {bar.Text}");
        markup.Element("text", NameOf(bar), ("class", bar.IsBaseline ? "name baseline" : "name"), ("x", Left + 4), ("y", top + TextHeight));
        markup.Element("text", bar.Text, ("class", "value"), ("x", Right), ("y", y - BarTop + TextHeight), ("text-anchor", "end"));
        markup.Element("rect", "", ("class", "bar"), ("x", Left), ("y", y), ("width", Math.Max(0.5, end - Left)), ("height", BarHeight));
        if (Reference is { } reference)
        {
            // Only beside the bars: the text between them stays clear.
            double x = scale.PlaceOf(reference);
            markup.Element("line", "", ("class", "reference"), ("x1", x), ("x2", x), ("y1", y - 3), ("y2", y + BarHeight + 3));
        }

        if (bar.Value > scale.End)
        {
            Cut(markup, end - 16, y);
        }
        else if (bar.Min is { } min && bar.Max is { } max && min < max)
        {
            Whisker(markup, scale.PlaceOf(min), scale.PlaceOf(max), y + (BarHeight / 2), isCut: max > scale.End);
        }

        markup.Close();
    }

    private static double HeightOf(Bar bar) =>
        RowHeight + ((NameOf(bar).Length + bar.Text.Length) * CharacterWidth > Right - Left ? LineHeight : 0);

    /// <summary>Two strokes across a bar that goes on.</summary>
    private static void Cut(Markup markup, double x, double y)
    {
        foreach (double left in (ReadOnlySpan<double>)[x, x + 6])
        {
            markup.Element("line", "", ("class", "cut"), ("x1", left), ("y1", y + BarHeight + 2), ("x2", left + 5), ("y2", y - 2));
        }
    }

    private static void Whisker(Markup markup, double from, double to, double y, bool isCut)
    {
        markup.Element("line", "", ("class", "whisker"), ("x1", from), ("x2", to), ("y1", y), ("y2", y));
        markup.Element("line", "", ("class", "whisker"), ("x1", from), ("x2", from), ("y1", y - 4), ("y2", y + 4));
        if (!isCut)
        {
            markup.Element("line", "", ("class", "whisker"), ("x1", to), ("x2", to), ("y1", y - 4), ("y2", y + 4));
        }
    }

    private static string NameOf(Bar bar) => bar.Name + (bar.IsBaseline ? " (baseline)" : "") + (bar.IsValid ? "" : Frame.FlawMark);
}
