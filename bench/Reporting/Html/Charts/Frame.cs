using System.Globalization;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>What every chart has around its drawings: the caption, and for each panel a name and its figures in words.</summary>
internal static class Frame
{
    /// <summary>Width of a panel in its own units, of which one is about a pixel.</summary>
    public const double Width = 440;

    /// <summary>Behind the name of what did not do its work; how it did not, the table says.</summary>
    public const string FlawMark = " (flawed)";

    public static void Open(Markup markup, string caption, bool isSingle)
    {
        markup.Open("figure", ("class", isSingle ? null : "several")).Element("figcaption", caption);
        markup.Open("div", ("class", "panels"));
    }

    public static void Close(Markup markup) => markup.Close().Close();

    /// <summary>Readers who do not see the drawing are read the words.</summary>
    public static void OpenPanel(Markup markup, string title, string name, string words, double height)
    {
        markup.Open("div", ("class", "panel"));
        if (title.Length > 0)
        {
            markup.Element("h3", title);
        }

        string box = string.Create(CultureInfo.InvariantCulture, $"0 0 {Width:0.##} {height:0.##}");
        markup.Open("svg", ("viewBox", box), ("role", "img"), ("aria-label", title.Length > 0 ? $"{name}: {title}" : name));
        markup.Element("title", title.Length > 0 ? $"{name}: {title}" : name).Element("desc", words);
    }

    public static void ClosePanel(Markup markup) => markup.Close().Close();
}
