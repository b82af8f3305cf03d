using System.CommandLine;
using FastCache.Bench.CommandLine;

namespace FastCache.Bench.Reporting.Html;

/// <summary>The switches that say where a report goes, and the report that follows from them.</summary>
internal sealed class ReportSwitches
{
    public Option<bool> Json { get; } = CommonOptions.Json();

    public Option<string?> Html { get; } = new("--html")
    {
        Description = "Also writes a page with the tables, charts, the machine and the command, at the end; it needs no other file.",
        HelpName = "FILE",
    };

    /// <summary>The action of a verb that reports. A page that cannot be written is refused before anything is measured.</summary>
    public Func<ParseResult, int> Run(Func<ParseResult, Report, int> measure) => parsed =>
        parsed.GetValue(Html) is { } path ? Run(parsed, path, measure) : measure(parsed, new Report(parsed.GetValue(Json), Output(parsed)));

    private int Run(ParseResult parsed, string path, Func<ParseResult, Report, int> measure)
    {
        using HtmlFile? file = HtmlFile.Open(path, out string refusal);
        if (file is not null)
        {
            HtmlOutput page = new(TitleOf(parsed), CommandOf(parsed));
            Report report = new(parsed.GetValue(Json), Output(parsed), page);
            int code = measure(parsed, report);
            report.Progress.Clear();
            if (file.TryWrite(page.ToHtml(DateTimeOffset.UtcNow), out refusal))
            {
                return code;
            }
        }

        parsed.InvocationConfiguration.Error.WriteLine($"--html {path}: {refusal}");
        return 1;
    }

    private static TextWriter Output(ParseResult parsed) => parsed.InvocationConfiguration.Output;

    private static string TitleOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "main job" : parsed.CommandResult.Command.Name;

    private static string CommandOf(ParseResult parsed) =>
        RepeatCommand.Of(parsed.Tokens.Select(static token => token.Value), RuntimeSettings.FromEnvironment());
}
