using FastCache.Bench.Reporting;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Reporting;

/// <summary>The report for people and the one for programs, of the same content.</summary>
public sealed class ReportTests
{
    [Fact]
    public void The_report_for_programs_is_one_object_a_line_and_nothing_else() => Assert.Equal(
        """
        {"verb":"throughput","workload":"read","entries":1000,"threads":1,"contestant":"FastCache","metric":"time","value":7.3341,"unit":"ns/op","baseline":"ConcurrentDictionary","ratio":1.0277,"min":1.0082,"max":1.0455,"valid":true}
        {"verb":"latency","workload":"mixed","contestant":"ConcurrentDictionary + FIFO","metric":"p99","value":null,"unit":"ns"}

        """,
        Written(json: true));

    [Fact]
    public void The_report_for_people_has_headings_prose_and_aligned_tables() => Assert.Equal(
        """
        machine   of some kind

        Throughput
        ==========
        Prose.

        who            ns/op
        ----------  --------
        FastCache        7.3

        a warning

        """,
        Written(json: false));

    [Fact]
    public void Figures_are_written_the_same_in_every_culture()
    {
        (string Json, string Text) expected = (Written(json: true), Written(json: false));
        using CommaCulture comma = new();

        Assert.Equal(expected, (Written(json: true), Written(json: false)));
    }

    [Fact]
    public void A_field_that_is_missing_is_no_number_and_no_text()
    {
        Measurement figure = Figures.Latency("FastCache", "p50", double.NaN);

        Assert.Null(figure.Number("value"));
        Assert.Null(figure.Number("ratio"));
        Assert.Equal("", figure.Text("ratio"));
        Assert.Equal("p50", figure.Text("metric"));
        Assert.True(figure.IsValid);
        Assert.False(figure.IsBaseline);
    }

    private static string Written(bool json)
    {
        using StringWriter output = new() { NewLine = "\n" };
        Report report = new(json, output);
        TextTable table = new(report, new Column("who", 10, IsText: true), new Column("ns/op", 8));
        report.Detail("machine", "of some kind");
        report.Heading("Throughput");
        report.Line("Prose.");
        report.Line();
        table.WriteHeader();
        table.Row("FastCache", Format.Fixed(7.3341, 1));
        report.Add(Figures.Throughput("FastCache", 7.33412, new Spread(1.02771, 1.00821, 1.04549)));
        report.Add(Figures.Latency("ConcurrentDictionary + FIFO", "p99", double.NaN));
        report.Line();
        if (!json)
        {
            report.Warn("a warning");
        }

        return output.ToString();
    }
}
