using System.Globalization;
using System.Text;
using FastCache.Bench.Reporting.Html.Charts;

namespace FastCache.Bench.Reporting.Html;

/// <summary>The whole page. It loads nothing, and a browser is told to let it load nothing.</summary>
internal static class Page
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    public static string Write(PageContent content, DateTimeOffset written)
    {
        Markup markup = new();
        string title = $"FastCache benchmark: {content.Title}";
        markup.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Open("head");
        markup.Element("meta", "", ("charset", "utf-8"));
        markup.Element("meta", "", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
        markup.Element("meta", "", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        markup.Element("meta", "", ("name", "color-scheme"), ("content", "light dark"));
        markup.Element("title", title);
        Palette palette = new();
        markup.Open("style").Raw(Style()).Raw(Palette.Style).Close();
        markup.Close().Open("body");
        WriteHead(markup, content, title, written);
        markup.Open("main");
        foreach (PageSection section in content.Sections)
        {
            Write(markup, section, palette);
        }

        markup.Close().Close().Close();
        return markup.ToString();
    }

    private static void WriteHead(Markup markup, PageContent content, string title, DateTimeOffset written)
    {
        markup.Open("header").Element("h1", title);
        WriteWarnings(markup, content);
        markup.Element("p", "The same again, in the root of the repository:", ("class", "label"));
        markup.Open("pre").Element("code", content.Command).Close();
        markup.Open("dl");
        WriteDetail("date", written.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        foreach ((string name, string text) in content.Details)
        {
            WriteDetail(name, text);
        }

        markup.Close();
        PageSection[] titled = [.. content.Sections.Where(static section => section.Title.Length > 0)];
        if (titled.Length > 1)
        {
            markup.Open("nav", ("aria-label", "Sections"));
            foreach (PageSection section in titled)
            {
                markup.Element("a", section.Title, ("href", $"#{IdOf(section)}"));
            }

            markup.Close();
        }

        markup.Element(
            "p",
            "How to read the charts: bars start at zero, and one that is longer than its axis is cut, marked //, with its figure above it. " +
            "A whisker goes from the smallest to the largest ratio of any round, the bar to the median; one without an end goes on. The dashed " +
            "line is the baseline that ratios are to. Grey is the measurement itself: an empty loop or the clock; it is part of every figure " +
            "and subtracted from none. A product has one colour on the whole page. The table under each chart has its figures, and says " +
            "of what is flawed how it is.",
            ("class", "note"));
        markup.Close();

        void WriteDetail(string name, string text) => markup.Element("dt", name).Element("dd", text);
    }

    private static void WriteWarnings(Markup markup, PageContent content)
    {
        List<string> warnings = [.. content.Warnings.Distinct()];
        warnings.AddRange(
            from section in content.Sections
            let rows = section.Blocks.OfType<PageTable>().Sum(static table => table.InvalidRows)
            where rows > 0
            select string.Create(
                CultureInfo.InvariantCulture,
                $"{section.Title}: {rows} {(rows == 1 ? "row is" : "rows are")} {PageTable.InvalidMark}: what they measured did not do its work."));
        if (warnings.Count > 0)
        {
            markup.Open("section", ("class", "warnings"), ("aria-label", "Warnings")).Element("h2", "Warnings").Open("ul");
            warnings.ForEach(warning => markup.Element("li", warning));
            markup.Close().Close();
        }
    }

    private static void Write(Markup markup, PageSection section, Palette palette)
    {
        if (section.Blocks.Count == 0 && section.Title.Length == 0)
        {
            return;
        }

        markup.Open("section");
        if (section.Title.Length > 0)
        {
            markup.Element("h2", section.Title, ("id", IdOf(section)));
        }

        foreach (IPageBlock block in section.Blocks)
        {
            block.Write(markup, palette);
        }

        markup.Close();
    }

    private static string IdOf(PageSection section)
    {
        StringBuilder id = new("s");
        foreach (char character in section.Title)
        {
            id.Append(char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-');
        }

        return id.ToString();
    }

    private static string Style()
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream(typeof(Page), "page.css")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
