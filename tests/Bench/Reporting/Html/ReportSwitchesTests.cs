using System.CommandLine;
using FastCache.Bench.Codec;
using FastCache.Bench.Expiry;
using FastCache.Bench.HitRate;
using FastCache.Bench.Latency;
using FastCache.Bench.Loading;
using FastCache.Bench.Log;
using FastCache.Bench.MainJob;
using FastCache.Bench.Memory;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html;
using FastCache.Bench.Throughput;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Reporting.Html;

/// <summary>What --html and --json do, with a verb that measures nothing.</summary>
public sealed class ReportSwitchesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fastcache-report-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Every_verb_that_reports_writes_a_page()
    {
        Command[] verbs =
        [
            MainJobCommand.Create(), HitRateCommand.Create(), ThroughputCommand.Create(), LatencyCommand.Create(), MemoryCommand.Create(),
            ExpiryCommand.Create(), LoadCommand.Create(), CodecCommand.Create(), LogCommand.Create(),
        ];

        Assert.All(verbs, static verb => Assert.Equal(["--html", "--json"], verb.Options.Select(static option => option.Name).Where(IsOutput).Order()));
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_refused_before_anything_is_measured()
    {
        foreach (string path in (string[])[_directory.FullName, Path.Combine(_directory.FullName, "missing", "page.html")])
        {
            bool isMeasured = false;
            (int code, string said, string refused) = Invoke((_, _) => Convert.ToInt32(isMeasured = true), "--html", path);

            Assert.Equal(1, code);
            Assert.False(isMeasured);
            Assert.StartsWith($"--html {path}: ", refused, StringComparison.Ordinal);
            Assert.Equal("", said);
        }
    }

    [Fact]
    public void A_page_is_written_when_the_run_has_ended_even_with_a_failure()
    {
        string path = PathOf("page.html");
        File.WriteAllText(path, new string('x', 1_000_000));

        Assert.Equal(1, Invoke(static (_, report) => Say(report, code: 1), "--html", path).Code);

        string page = File.ReadAllText(path);
        Assert.Contains("7.3", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        Assert.Contains($"dotnet run -c Release --project bench -- verb --html {path}</code>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>FastCache benchmark: verb</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_does_not_end_leaves_what_was_there()
    {
        string path = PathOf("page.html");
        File.WriteAllText(path, "the page of another run");

        foreach (string page in (string[])[path, PathOf("new.html")])
        {
            Assert.Throws<InvalidOperationException>(() => Invoke(static (_, _) => throw new InvalidOperationException(), "--html", page));
        }

        Assert.Equal("the page of another run", File.ReadAllText(path));
        Assert.False(File.Exists(PathOf("new.html")));
    }

    [Fact]
    public void A_page_changes_nothing_of_what_else_is_said()
    {
        foreach (string[] switches in (string[][])[[], ["--json"]])
        {
            string said = Invoke(static (_, report) => Say(report, code: 0), switches).Said;

            Assert.NotEqual("", said);
            Assert.Equal(said, Invoke(static (_, report) => Say(report, code: 0), [.. switches, "--html", PathOf("page.html")]).Said);
        }
    }

    [Theory]
    [InlineData(new[] { "hitrate", "--trace", "a b.csv", "--capacity", "1K,2K" }, "hitrate --trace 'a b.csv' --capacity 1K,2K")]
    [InlineData(new[] { "--html", "it's $HOME; *.html" }, @"--html 'it'\''s $HOME; *.html'")]
    [InlineData(new[] { "", "~", "a\\b" }, @"'' '~' 'a\b'")]
    public void The_command_can_be_pasted(string[] arguments, string expected)
    {
        Assert.Equal($"dotnet run -c Release --project bench -- {expected}", RepeatCommand.Of(arguments, []));
        Assert.Equal($"DOTNET_gcServer=1 dotnet run -c Release --project bench -- {expected}", RepeatCommand.Of(arguments, ["DOTNET_gcServer=1"]));
    }

    private static bool IsOutput(string option) => option is "--html" or "--json";

    private static int Say(Report report, int code)
    {
        report.Heading("Throughput");
        TextTable table = new(report, new Column("who", 10, IsText: true), new Column("ns/op", 8));
        table.WriteHeader();
        table.Row("FastCache", "7.3");
        report.Add(Figures.Throughput("FastCache", 7.3, new Spread(1, 0.9, 1.1)));
        return code;
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private static (int Code, string Said, string Refused) Invoke(Func<ParseResult, Report, int> measure, params string[] switches)
    {
        ReportSwitches output = new();
        Command verb = new("verb") { output.Json, output.Html };
        verb.SetAction(output.Run(measure));
        using StringWriter said = new();
        using StringWriter refused = new();
        int code = new RootCommand { verb }.Parse(["verb", .. switches]).Invoke(
            new InvocationConfiguration { Output = said, Error = refused, EnableDefaultExceptionHandler = false });
        return (code, said.ToString(), refused.ToString());
    }
}
