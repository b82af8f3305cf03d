using System.Globalization;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Lines with a marker at each point that was measured; nothing is smoothed. All panels have the same vertical axis.</summary>
/// <param name="Name">What the figures are, for the caption.</param>
/// <param name="AcrossName">What stands at the horizontal axis.</param>
/// <param name="UpName">What stands at the vertical axis.</param>
internal sealed record LineChart(string Name, string AcrossName, string UpName, IReadOnlyList<LinePanel> Panels) : IChart
{
    public const double Left = 58;
    public const double Right = Frame.Width - 16;
    public const double Top = 24;
    public const double Bottom = 226;

    private const double Height = 272;
    private const double LeastTickDistance = 8;
    private const double WidthOfLetter = 7;

    /// <summary>Whether every step upwards is ten times as much.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where the vertical axis ends at least, if it starts at zero.</summary>
    public double Least { get; init; }

    public bool IsAcrossLogarithmic { get; init; }

    public Func<double, string> Tick { get; init; } = Figure.Tick;

    public void Write(Markup markup, Palette palette)
    {
        Frame.Open(markup, Name, Panels.Count == 1);
        double[] values = [.. Panels.SelectMany(static panel => panel.Lines).SelectMany(static line => line.Points).Select(static point => point.Value)];
        Scale up = IsLogarithmic
            ? Scale.Decades(values.Where(static value => value > 0).DefaultIfEmpty(1).Min(), Math.Max(1, values.Max()), Bottom, Top)
            : Scale.FromZero(Math.Max(Least, values.Max()), Bottom, Top);
        foreach (LinePanel panel in Panels)
        {
            Write(markup, palette, panel, up);
        }

        markup.Close();
        WriteLegend(markup, palette);
        markup.Close();
    }

    private void Write(Markup markup, Palette palette, LinePanel panel, Scale up)
    {
        Scale across = Scale.Between(
            panel.Ticks.Min(static tick => tick.Place), panel.Ticks.Max(static tick => tick.Place), Left + 10, Right - 10, IsAcrossLogarithmic);
        string words = string.Join("; ", panel.Lines.Select(static line =>
            $"{line.Contestant}: {string.Join(", ", line.Points.Select(static point => point.Text))}"));
        Frame.OpenPanel(markup, panel.Title, Name, words, Height);
        WriteAxes(markup, panel, across, up);
        foreach (Series line in panel.Lines)
        {
            Write(markup, palette, line, across, up);
        }

        Frame.ClosePanel(markup);
    }

    private void WriteAxes(Markup markup, LinePanel panel, Scale across, Scale up)
    {
        foreach (double tick in up.Ticks)
        {
            double y = up.PlaceOf(tick);
            markup.Element("line", "", ("class", "grid"), ("x1", Left), ("x2", Right), ("y1", y), ("y2", y));
            markup.Element("text", Tick(tick), ("class", "tick"), ("x", Left - 6), ("y", y + 4), ("text-anchor", "end"));
        }

        double last = double.NegativeInfinity;
        foreach ((double place, string text) in panel.Ticks)
        {
            double x = across.PlaceOf(place);
            markup.Element("line", "", ("class", "axis"), ("x1", x), ("x2", x), ("y1", Bottom), ("y2", Bottom + 4));
            if (x - last >= LeastTickDistance + (text.Length * WidthOfLetter))
            {
                markup.Element("text", text, ("class", "tick"), ("x", x), ("y", Bottom + 18), ("text-anchor", "middle"));
                last = x;
            }
        }

        markup.Element("line", "", ("class", "axis"), ("x1", Left), ("x2", Right), ("y1", Bottom), ("y2", Bottom));
        markup.Element("text", AcrossName, ("class", "axis-name"), ("x", Right), ("y", Bottom + 38), ("text-anchor", "end"));
        markup.Element("text", UpName, ("class", "axis-name"), ("x", 2d), ("y", 12d));
    }

    private static void Write(Markup markup, Palette palette, Series line, Scale across, Scale up)
    {
        markup.Open("g", ("class", ClassOf(palette, line)));
        Point[] joined = [.. line.Points.Where(static point => !point.IsApart)];
        if (joined.Length > 1)
        {
            string path = string.Join(' ', joined.Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{across.PlaceOf(point.Place):0.##},{up.PlaceOf(point.Value):0.##}")));
            markup.Element("polyline", "", ("class", "line"), ("points", path));
        }

        foreach (Point point in line.Points)
        {
            markup.Open("g").Element("title", $"{line.Contestant}, {point.Text}");
            Marker.Write(markup, palette.ColourOf(line.Contestant), across.PlaceOf(point.Place), up.PlaceOf(point.Value));
            markup.Close();
        }

        markup.Close();
    }

    private void WriteLegend(Markup markup, Palette palette)
    {
        markup.Open("ul", ("class", "legend"));
        foreach (Series line in Panels.SelectMany(static panel => panel.Lines).DistinctBy(static line => line.Contestant))
        {
            markup.Open("li").Open("svg", ("viewBox", "0 0 34 14"), ("class", "key"), ("aria-hidden", "true"));
            markup.Open("g", ("class", ClassOf(palette, line)));
            markup.Element("polyline", "", ("class", "line"), ("points", "1,7 33,7"));
            Marker.Write(markup, palette.ColourOf(line.Contestant), 17, 7);
            markup.Close().Close().Element("span", line.Contestant + (line.IsValid ? "" : Frame.FlawMark)).Close();
        }

        markup.Close();
    }

    private static string ClassOf(Palette palette, Series line) =>
        palette.ClassOf(line.Contestant) + (line.IsReference ? " reference-line" : "") + (line.IsValid ? "" : " flawed");
}
