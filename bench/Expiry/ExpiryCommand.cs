using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Expiry;

internal static class ExpiryCommand
{
    private const int QuickEntries = 100_000;

    public static Command Create()
    {
        Option<int> entries = CommonOptions.Count("--entries", "N", "Entries, all in the cache at once.", 1_000_000);
        Option<int> rounds = CommonOptions.Count("--rounds", "R", "Rounds, each with caches of its own.", 3);
        Option<bool> quick = CommonOptions.Quick($"{Format.Count(QuickEntries)} entries.");
        ReportSwitches output = new();

        Command command = new(
            "expiry",
            "Fills a cache with entries that live for a random time of up to a minute, lets that minute pass in steps of 50 ms of a " +
            "manual clock, and reclaims what has expired after each: what an entry with a time to live costs more than one without, " +
            "what it costs to reclaim it, the longest step, and the memory of timers and deadlines.")
        {
            entries, rounds, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            ExpiryRun run = new(report, parsed.GetValue(quick) ? QuickEntries : parsed.GetValue(entries), parsed.GetValue(rounds));
            report.Progress.Start(ExpiryRun.Steps);
            return run.Execute() ? 0 : 1;
        }));
        return command;
    }
}
