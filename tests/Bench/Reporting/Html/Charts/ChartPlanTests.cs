using System.Xml.Linq;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html.Charts;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Reporting.Html.Charts;

/// <summary>Which charts figures make.</summary>
public sealed class ChartPlanTests
{
    [Fact]
    public void Latencies_make_percentiles_ratios_pauses_and_rates()
    {
        Measurement p99 = Figures.Latency("FastCache", "p99", 100);
        p99.Add("MemoryCache", new Spread(0.5, 0.4, 0.6));
        XElement charts = Drawn.Charts(
            Figures.Latency("FastCache", "p50", 10),
            p99,
            Figures.Latency("FastCache", "gen0_collections", 3, "count"),
            Figures.Latency("FastCache", "gen1_collections", 2, "count"),
            Figures.Latency("FastCache", "gen2_collections", 1, "count"),
            Figures.Latency("FastCache", "gc_pause", 12.5, "ms"),
            Figures.Latency("FastCache", "throughput", 5, "Mops/s"),
            Figures.Latency("MemoryCache", "throughput", 2.5, "Mops/s"));

        Assert.Equal(
            ["Latency by percentile", "p99, as a multiple of the baseline's in the same round", "Pauses of the garbage collector", "Throughput"],
            charts.Texts("figcaption"));
        Assert.Contains("12.5 ms \u00B7 gen 0/1/2: 3/2/1", charts.Texts("text"));
    }

    [Fact]
    public void One_bar_alone_and_figures_of_no_contestant_make_no_chart()
    {
        Measurement machine = new() { { "verb", "machine" }, { "contestant", "host" }, { "metric", "x" }, { "value", 2 }, { "unit", "B" } };
        Measurement missing = Figures.Memory("FastCache", double.NaN, 1);

        Assert.Empty(ChartPlan.Of([machine, machine]));
        Assert.Empty(ChartPlan.Of([Figures.Memory("FastCache", 1, 1), missing]));
        Assert.Empty(ChartPlan.Of([]));
    }

    [Fact]
    public void A_contestant_that_comes_twice_in_the_same_circumstances_gets_a_second_panel()
    {
        XElement charts = Drawn.Charts(
            Figures.Memory("FastCache", 1, 1), Figures.Memory("LRU", 1, 1), Figures.Memory("FastCache", 2, 1), Figures.Memory("LRU", 2, 1));

        Assert.Equal([2, 2], charts.Descendants("svg").Select(static picture => picture.OfClass("bar").Count));
    }

    [Fact]
    public void Panels_of_one_bar_each_are_one_panel()
    {
        XElement charts = Drawn.Charts(Amplification("overwrites_a"), Amplification("overwrites_b"));

        Assert.Single(charts.Descendants("svg"));
        Assert.Equal(["overwrites a", "overwrites b"], charts.OfClass("name").Select(static name => name.Value));
    }

    [Fact]
    public void The_same_cell_beside_another_baseline_is_another_panel_and_says_so()
    {
        XElement charts = Drawn.Charts(
            Figures.Throughput("FastCache", 1, new Spread(1, 1, 1)), Figures.Throughput("FastCache", 1, new Spread(1, 1, 1), baseline: "FastCache"));

        Assert.Equal(["beside ConcurrentDictionary", "beside FastCache"], charts.Texts("h3"));
    }

    private static Measurement Amplification(string workload) => new()
    {
        { "verb", "log" },
        { "workload", workload },
        { "contestant", "FastCache" },
        { "metric", "write_amplification" },
        { "value", 1.5 },
        { "unit", "ratio" },
    };
}
