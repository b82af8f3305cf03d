using System.Globalization;
using System.Xml.Linq;
using FastCache.Bench.Reporting.Html.Charts;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Reporting.Html.Charts;

/// <summary>Points stand where their figures are.</summary>
public sealed class LineChartTests
{
    private const double Height = LineChart.Bottom - LineChart.Top;

    [Fact]
    public void Hit_rates_at_several_capacities_are_curves_from_zero_to_all()
    {
        XElement chart = Drawn.Charts(
            Figures.HitRate("FastCache", 100, 0.25), Figures.HitRate("FastCache", 1_000, 0.5), Figures.HitRate("FastCache", 10_000, 1));
        double[][] points = PointsOf(Assert.Single(chart.Descendants("polyline"), static line => IsInPanel(line)));

        Assert.Equal([0.25, 0.5, 1], points.Select(static point => Math.Round((LineChart.Bottom - point[1]) / Height, 3)));
        Assert.Equal(points[1][0] - points[0][0], points[2][0] - points[1][0], 1);
        Assert.Equal(["0 %", "20 %", "40 %", "60 %", "80 %", "100 %", "100", "1K", "10K"], chart.OfClass("tick").Select(static tick => tick.Value));
        Assert.Empty(chart.OfClass("bar"));
    }

    [Fact]
    public void Hit_rates_at_one_capacity_are_bars()
    {
        XElement chart = Drawn.Charts(Figures.HitRate("FastCache", 1_000, 0.25), Figures.HitRate("LRU", 1_000, 0.5), Figures.HitRate("LRU", 1_000, 0.5, "scan"));

        Assert.Empty(chart.Descendants("polyline"));
        Assert.Equal(["zipf", "scan"], chart.Texts("h3"));
        Assert.Equal([0.25, 0.5, 0.5], chart.OfClass("bar").Select(static bar => Math.Round(bar.Number("width") / (BarChart.Right - BarChart.Left), 3)));
        Assert.Equal("Hit rate at capacity 1K", chart.Descendants("figcaption").Single().Value);
    }

    [Fact]
    public void Percentiles_stand_on_a_scale_where_ten_times_as_much_is_one_step()
    {
        XElement chart = Drawn.Charts(
            Figures.Latency("FastCache", "p99.9", 10_000), Figures.Latency("FastCache", "p50", 10), Figures.Latency("FastCache", "p99", 100));
        double[][] points = PointsOf(Assert.Single(chart.Descendants("polyline"), static line => IsInPanel(line)));

        Assert.Equal([0, 1, 3], points.Select(static point => Math.Round((LineChart.Bottom - point[1]) / (Height / 3), 2)));
        Assert.Equal(["10 ns", "100 ns", "1 \u00B5s", "10 \u00B5s", "p50", "p99", "p99.9"], chart.OfClass("tick").Select(static tick => tick.Value));
    }

    [Fact]
    public void The_longest_time_stands_apart()
    {
        XElement chart = Drawn.Charts(
            Figures.Latency("FastCache", "p50", 10), Figures.Latency("FastCache", "p99", 100), Figures.Latency("FastCache", "max", 1_000));

        Assert.Equal(2, PointsOf(chart.Descendants("polyline").First(static line => IsInPanel(line))).Length);
        Assert.Equal(3, chart.OfClass("marker").Count(static marker => IsInPanel(marker)));
    }

    [Fact]
    public void The_clock_and_the_optimum_are_drawn_as_what_they_are()
    {
        XElement chart = Drawn.Charts(
            Figures.Latency("(timer)", "p50", 10), Figures.Latency("FastCache", "p50", 20), Figures.Latency("FastCache", "p99", 100));

        Assert.Equal(["c0 reference-line", "c1"], chart.Descendants("g").Attributes("class").Select(static name => name.Value).Distinct());
        XElement curves = Drawn.Charts(
            Figures.HitRate("optimum", 1, 0.5), Figures.HitRate("optimum", 2, 0.5), Figures.HitRate("FastCache", 1, 0.5));
        Assert.NotEmpty(curves.OfClass("reference-line"));
    }

    [Fact]
    public void Every_line_is_in_the_legend_with_its_own_sign()
    {
        XElement chart = Drawn.Charts(
        [
            .. from contestant in (string[])["FastCache", "LRU", "MemoryCache", "optimum"]
               from capacity in (int[])[10, 100]
               select Figures.HitRate(contestant, capacity, 0.5),
        ]);

        Assert.Equal(["FastCache", "LRU", "MemoryCache", "optimum"], chart.Texts("span"));
        Assert.Equal(4, chart.OfClass("legend").Single().Descendants("g").Attributes("class").Select(static name => name.Value).Distinct().Count());
    }

    private static bool IsInPanel(XElement element) => element.Ancestors("ul").FirstOrDefault() is null;

    private static double[][] PointsOf(XElement line) =>
        [.. line.Attribute("points")!.Value.Split(' ').Select(static point => point.Split(',').Select(static figure =>
            double.Parse(figure, CultureInfo.InvariantCulture)).ToArray())];
}
