using System.Globalization;
using System.Xml.Linq;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Reporting.Html;

/// <summary>The page that a report makes.</summary>
public sealed class HtmlOutputTests
{
    private const string Awkward = "<b>&\"'\u0001";
    private const string AwkwardShown = "<b>&\"'\uFFFD";

    private static readonly DateTimeOffset Written = new(2026, 11, 22, 3, 4, 5, TimeSpan.FromHours(1));

    [Fact]
    public void A_page_has_every_cell_of_the_tables_under_its_heading()
    {
        XElement page = Read(PageOf(Fill));

        XElement table = Assert.Single(page.Descendants("table"));
        Assert.Equal(["who", "ns/op"], table.Element("thead")!.Texts("th"));
        Assert.All(table.Element("thead")!.Descendants("th"), static cell => Assert.Equal("col", (string?)cell.Attribute("scope")));
        Assert.Equal(["FastCache", "ConcurrentDictionary", "MemoryCache"], table.Elements("tbody").SelectMany(static body => body.Texts("th")));
        Assert.Equal(["7.3", "7.1", "48.1 INVALID: it is wrong"], table.Elements("tbody").SelectMany(static body => body.Texts("td")));
        Assert.All(table.Elements("tbody").Descendants("th"), static cell => Assert.Equal("row", (string?)cell.Attribute("scope")));
        Assert.Equal([2, 1], table.Elements("tbody").Select(static body => body.Elements("tr").Count()));
        Assert.Equal("Throughput", table.Ancestors("section").Single().Element("h2")!.Value);
        Assert.Contains("Prose that goes on.", page.Texts("p"));
        Assert.Contains("Prose under the table.", page.Texts("p"));
    }

    [Fact]
    public void A_row_after_prose_is_still_of_its_table()
    {
        XElement page = Read(PageOf(static report =>
        {
            TextTable first = new(report, new Column("a", 1));
            TextTable second = new(report, new Column("b", 1));
            first.WriteHeader();
            second.WriteHeader();
            report.Line("Prose.");
            first.Row("1");
            second.Row("2");
        }));

        Assert.Equal(["1", "2"], page.Descendants("table").Select(static table => Assert.Single(table.Texts("td"))));
    }

    [Fact]
    public void Text_is_text_wherever_it_stands()
    {
        string html = PageOf(
            static report =>
            {
                report.Heading(Awkward);
                report.Line(Awkward);
                report.Warn(Awkward);
                TextTable table = new(report, new Column(Awkward, 1, IsText: true));
                table.WriteHeader();
                table.Row(Awkward);
                report.Add(Figures.Throughput(Awkward, 1, new Spread(1, 0.5, 2), workload: Awkward));
                report.Add(Figures.Throughput("other", 1, new Spread(1, 0.5, 2), workload: "other"));
                report.Add(Figures.HitRate(Awkward, 1, 0.5, Awkward));
                report.Add(Figures.HitRate(Awkward, 2, 0.5, Awkward));
            },
            Awkward);

        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        XElement page = Read(html);
        Assert.Equal(AwkwardShown, page.Descendants("code").Single().Value);
        foreach (string element in (string[])["h2", "p", "li", "th", "h3", "text"])
        {
            Assert.Contains(AwkwardShown, page.Texts(element));
        }
    }

    [Fact]
    public void A_page_loads_nothing_and_runs_nothing()
    {
        string html = PageOf(Fill);
        XElement page = Read(html);

        Assert.All(
            page.Descendants(),
            static element => Assert.DoesNotContain(element.Name.LocalName, (string[])["script", "link", "img", "image", "iframe", "object", "use"]));
        Assert.All(page.Descendants().Attributes("href"), static address => Assert.StartsWith("#", address.Value, StringComparison.Ordinal));
        Assert.Empty(page.Descendants().Attributes("src"));
        foreach (string forbidden in (string[])["http:", "https:", "url(", "@import", "javascript:"])
        {
            Assert.DoesNotContain(forbidden, html, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(page.Descendants("meta"), static meta => ((string?)meta.Attribute("content"))?.StartsWith("default-src 'none'", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_page_says_when_on_what_and_how_it_was_measured()
    {
        XElement page = Read(PageOf(static report => report.Detail("machine", "another"), "dotnet run -- --quick"));
        List<XElement> details = [.. page.Descendants("dl").Single().Elements()];

        Assert.Equal("dotnet run -- --quick", page.Descendants("code").Single().Value);
        Assert.Equal(["date", "machine", "system", "runtime", "library", "build", "settings"], page.Texts("dt"));
        Assert.Equal("2026-11-22 02:04 UTC", details[1].Value);
        Assert.Equal("another", details[3].Value);
        Assert.All(page.Texts("dd"), static text => Assert.NotEqual("", text));
    }

    [Fact]
    public void Warnings_and_rows_that_are_wrong_stand_at_the_top_and_in_their_place()
    {
        XElement page = Read(PageOf(static report =>
        {
            Fill(report);
            report.Warn("a.trace: skipped");
        }));

        IReadOnlyList<string> summary = Assert.Single(page.OfClass("warnings")).Texts("li");
        Assert.Contains("a.trace: skipped", summary);
        Assert.Contains("Throughput: 1 row is INVALID: what they measured did not do its work.", summary);
        Assert.Contains("a.trace: skipped", page.OfClass("warning").Select(static warning => warning.Value));
        Assert.Equal("MemoryCache", Assert.Single(page.OfClass("invalid")).Element("th")!.Value);
    }

    [Fact]
    public void Each_section_can_be_gone_to()
    {
        XElement page = Read(PageOf(static report =>
        {
            report.Heading("One");
            report.Heading("Two, of it");
        }));

        Assert.Equal(
            page.Descendants("h2").Attributes("id").Select(static id => $"#{id.Value}"),
            page.Descendants("nav").Single().Elements("a").Attributes("href").Select(static address => address.Value));
        Assert.Equal(["One", "Two, of it"], page.Descendants("nav").Single().Texts("a"));
    }

    [Fact]
    public void Figures_are_written_the_same_in_every_culture()
    {
        string expected = PageOf(FillCharts);
        using CommaCulture comma = new();

        Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));
        Assert.Equal(expected, PageOf(FillCharts));
    }

    private static void Fill(Report report)
    {
        report.Heading("Throughput");
        report.Line("Prose that");
        report.Line("goes on.");
        report.Line();
        TextTable table = new(report, new Column("who", 10, IsText: true), new Column("ns/op", 8));
        table.WriteHeader();
        table.Row("FastCache", "7.3");
        table.Row("ConcurrentDictionary", "7.1");
        report.Line();
        table.Row("MemoryCache", "48.1 INVALID: it is wrong");
        report.Add(Figures.Throughput("FastCache", 7.3, new Spread(1.03, 0.9, 1.2)));
        report.Add(Figures.Throughput("ConcurrentDictionary", 7.1, new Spread(1, 1, 1)));
        report.Line();
        report.Line("Prose under the table.");
    }

    private static void FillCharts(Report report)
    {
        Fill(report);
        foreach (string contestant in (string[])["FastCache", "MemoryCache"])
        {
            report.Add(Figures.HitRate(contestant, 500, 0.123456));
            report.Add(Figures.HitRate(contestant, 1_500, 0.234567));
            report.Add(Figures.Latency(contestant, "p50", 34.5));
            report.Add(Figures.Latency(contestant, "p99.9", 123_456.7));
            report.Add(Figures.Latency(contestant, "gc_pause", 1234.5, "ms"));
            report.Add(Figures.Latency(contestant, "throughput", 12_345.67, "Mops/s"));
            report.Add(Figures.Memory(contestant, 56.78, 1.25));
        }
    }

    private static string PageOf(Action<Report> write, string command = "dotnet run")
    {
        HtmlOutput page = new("a run", command);
        write(new Report(json: false, TextWriter.Null, page));
        return page.ToHtml(Written);
    }

    private static XElement Read(string html) => XDocument.Parse(html).Root!;
}
