using System.Globalization;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Signs at the points of lines, so that these can be told apart without their colours.</summary>
internal static class Marker
{
    private const double Size = 4;

    public static void Write(Markup markup, int colour, double x, double y)
    {
        string? path = (colour % 4) switch
        {
            1 => null,
            2 => string.Create(CultureInfo.InvariantCulture, $"M{x - Size:0.##} {y - Size:0.##}h8v8h-8z"),
            3 => string.Create(CultureInfo.InvariantCulture, $"M{x:0.##} {y - 5:0.##}l5 8.5h-10z"),
            _ => string.Create(CultureInfo.InvariantCulture, $"M{x:0.##} {y - 5.5:0.##}l5.5 5.5l-5.5 5.5l-5.5 -5.5z"),
        };
        if (path is null)
        {
            markup.Element("circle", "", ("class", "marker"), ("cx", x), ("cy", y), ("r", Size));
            return;
        }

        markup.Element("path", "", ("class", "marker"), ("d", path));
    }
}
