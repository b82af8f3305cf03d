using System.Xml.Linq;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html.Charts;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Reporting.Html.Charts;

/// <summary>Bars are as long as what they stand for, and say so.</summary>
public sealed class BarChartTests
{
    private const double Full = BarChart.Right - BarChart.Left;

    [Fact]
    public void A_bar_is_as_long_as_its_figure_from_zero()
    {
        XElement chart = Drawn.Charts(Figures.Memory("FastCache", 50, 0.5), Figures.Memory("ConcurrentDictionary", 100, 1), Figures.Memory("MemoryCache", 200, 2));

        Assert.Equal(3, chart.OfClass("bar").Count);
        Assert.All(chart.OfClass("bar"), static bar => Assert.Equal(BarChart.Left, bar.Number("x")));
        Assert.Equal([Full / 4, Full / 2, Full], chart.OfClass("bar").Select(static bar => bar.Number("width")), new Near());
        Assert.Equal(["0", "50", "100", "150", "200"], chart.OfClass("tick").Select(static tick => tick.Value));
        Assert.Equal("B, less is better", Assert.Single(chart.OfClass("axis-name")).Value);
    }

    [Fact]
    public void A_ratio_has_its_range_as_a_whisker_and_the_time_as_text()
    {
        XElement chart = Drawn.Charts(
            Figures.Throughput("FastCache", 7.5, new Spread(0.5, 0.25, 1.5)),
            Figures.Throughput("ConcurrentDictionary", 15, new Spread(1, 1, 1)),
            Figures.Throughput("MemoryCache", 30, new Spread(2, 2, 2)));
        XElement row = chart.Row("FastCache");

        Assert.Equal(["FastCache", "0.50\u00D7 [0.25\u20131.50] \u00B7 7.50 ns/op"], row.Texts("text"));
        Assert.Equal(Full / 4, row.OfClass("bar")[0].Number("width"), 1);
        XElement whisker = row.OfClass("whisker")[0];
        Assert.Equal(BarChart.Left + (Full / 8), whisker.Number("x1"), 1);
        Assert.Equal(BarChart.Left + (Full * 0.75), whisker.Number("x2"), 1);
        Assert.Equal(3, row.OfClass("whisker").Count);
        Assert.Empty(chart.Row("MemoryCache").OfClass("whisker"));
    }

    [Fact]
    public void The_baseline_is_named_and_a_line_goes_through_all_bars_at_one()
    {
        XElement chart = Drawn.Charts(
            Figures.Throughput("FastCache", 7.5, new Spread(2, 2, 2)), Figures.Throughput("ConcurrentDictionary", 15, new Spread(1, 1, 1)));

        Assert.NotEmpty(chart.Row("ConcurrentDictionary (baseline)").OfClass("baseline"));
        Assert.Empty(chart.Row("FastCache").OfClass("baseline"));
        Assert.Equal(2, chart.OfClass("reference").Count);
        Assert.All(chart.OfClass("reference"), static line => Assert.Equal(BarChart.Left + (Full / 2), line.Number("x1"), 1));
    }

    [Fact]
    public void A_bar_longer_than_the_axis_is_cut_and_looks_it()
    {
        XElement chart = Drawn.Charts(
            Figures.Throughput("FastCache", 15, new Spread(1.5, 1, 9)),
            Figures.Throughput("MemoryCache", 300, new Spread(30, 20, 40)));

        XElement cut = chart.Row("MemoryCache");
        Assert.Equal(Full, cut.OfClass("bar")[0].Number("width"), 1);
        Assert.Equal(2, cut.OfClass("cut").Count);
        Assert.Empty(cut.OfClass("whisker"));
        Assert.Contains("30.00\u00D7 [20.00\u201340.00]", cut.Value, StringComparison.Ordinal);

        XElement whole = chart.Row("FastCache");
        Assert.Equal(Full * 1.5 / 5, whole.OfClass("bar")[0].Number("width"), 1);
        Assert.Empty(whole.OfClass("cut"));
        Assert.Equal(2, whole.OfClass("whisker").Count);
    }

    [Fact]
    public void What_did_not_do_its_work_is_marked()
    {
        XElement chart = Drawn.Charts(
            Figures.Throughput("FastCache", 1, new Spread(1, 1, 1)), Figures.Throughput("MemoryCache", 1, new Spread(1, 1, 1), isValid: false));

        Assert.Equal("MemoryCache (flawed)", Assert.Single(chart.OfClass("flawed")).Element("text")!.Value);
    }

    [Fact]
    public void Panels_have_the_same_axis_and_differ_by_title()
    {
        XElement chart = Drawn.Charts(
            Figures.Throughput("FastCache", 1, new Spread(1, 1, 1), "read"), Figures.Throughput("FastCache", 1, new Spread(4, 4, 4), "insert"));

        Assert.Equal(["read", "insert"], chart.Texts("h3"));
        Assert.Equal(Full / 4, chart.OfClass("bar")[0].Number("width"), 1);
        Assert.Equal(Full, chart.OfClass("bar")[1].Number("width"), 1);
    }

    [Fact]
    public void A_name_that_leaves_no_room_has_its_figures_under_it()
    {
        const string Long = "MemoryCache.GetOrCreateAsync, and what else there is to say";
        XElement chart = Drawn.Charts(
            Figures.Throughput("FastCache", 1, new Spread(1, 0.5, 2)),
            Figures.Throughput(Long, 1, new Spread(1, 0.5, 2)),
            Figures.Throughput("LRU", 1, new Spread(1, 0.5, 2)));

        Assert.Equal([true, false, true], ((string[])["FastCache", Long, "LRU"]).Select(name =>
            chart.Row(name).Elements("text").Select(static text => text.Number("y")).Distinct().Count() == 1));
        Assert.All(chart.Descendants("g"), static row => Assert.True(row.OfClass("bar")[0].Number("y") > row.OfClass("value")[0].Number("y")));
        Assert.Equal(
            chart.Row(Long).OfClass("bar")[0].Number("y") + 36, chart.Row("LRU").OfClass("bar")[0].Number("y"));
    }

    [Fact]
    public void Those_who_do_not_see_a_chart_are_read_its_figures()
    {
        XElement picture = Drawn.Charts(Figures.Memory("FastCache", 50, 0.5), Figures.Memory("ConcurrentDictionary", 100, 1)).Descendants("svg").Single();

        Assert.Equal("img", (string?)picture.Attribute("role"));
        Assert.Equal("Bytes per entry", (string?)picture.Attribute("aria-label"));
        Assert.Equal("Bytes per entry", picture.Element("title")!.Value);
        Assert.Equal(
            "FastCache: 0.50\u00D7 ConcurrentDictionary \u00B7 50.0 B; ConcurrentDictionary (baseline): 100 B", picture.Element("desc")!.Value);
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 0.01;

        public int GetHashCode(double obj) => 0;
    }
}
