using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Memory;

internal static class MemoryCommand
{
    private const int QuickEntries = 100_000;
    private const int OvershootEntries = 100_000;
    private static readonly TimeSpan FloodTime = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        Option<int> entries = CommonOptions.Count("--entries", "N", "Entries, and the capacity of the bounded caches.", 1_000_000);
        Option<bool> quick = CommonOptions.Quick($"{Format.Count(QuickEntries)} entries.");
        ReportSwitches output = new();

        Command command = new(
            "memory",
            "Managed bytes per resident entry of FastCache, ConcurrentDictionary (made for that many entries), " +
            "ConcurrentDictionary + FIFO ring and MemoryCache: live heap after full compacting collections, with the filled cache " +
            "less without. Long keys; one shared value object, not counted. Then how far each exceeds its limit while threads add keys.")
        {
            entries, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            MemoryRun run = new(report, parsed.GetValue(quick) ? QuickEntries : parsed.GetValue(entries));
            OvershootRun overshoot = new(report, OvershootEntries, FloodTime);
            report.Progress.Start(MemoryRun.Steps + OvershootRun.Steps);
            run.Execute();
            overshoot.Execute();
            return 0;
        }));
        return command;
    }
}
