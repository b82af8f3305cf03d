using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Loading;

internal static class LoadCommand
{
    public static Command Create()
    {
        Option<int> entries = CommonOptions.Count("--entries", "N", "Entries, and where something is evicted the capacity.", 100_000);
        Option<int> rounds = CommonOptions.Count("--rounds", "R", "Rounds; every contestant has one turn in each.", 11);
        Option<bool> quick = CommonOptions.Quick("Turns of 65,536 operations instead of 524,288.");
        ReportSwitches output = new();

        Command command = new(
            "load",
            "What GetOrAdd and GetOrAddAsync cost: a hit beside TryGet; a miss beside what runs the factory without protection from " +
            "stampedes, with factories that complete at once and ones that yield; and 1,000 callers of one absent key. Time and bytes.")
        {
            entries, rounds, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            LoadRun run = new(report, parsed.GetValue(entries), parsed.GetValue(rounds), parsed.GetValue(quick));
            report.Progress.Start(LoadRun.Steps);
            return run.Execute() ? 0 : 1;
        }));
        return command;
    }
}
