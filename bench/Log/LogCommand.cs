using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Log;

internal static class LogCommand
{
    private const int QuickRounds = 3;

    public static Command Create()
    {
        Option<string?> directory = new("--directory")
        {
            Description = "Where the logs are written. By default a temporary directory. Everything in it that this makes is deleted.",
        };
        Option<int> rounds = CommonOptions.Count("--rounds", "R", "Rounds, in which each has one turn.", 5);
        Option<int> megabytes = CommonOptions.Count("--megabytes", "M", "Megabytes of records that a log of the recovery has.", 256);
        Option<string?> restart = new("--restart")
        {
            Description = "Only how warm a restart in the middle of this trace is: hit rates behind it beside those of a cache that was never " +
                $"stopped. {TraceFile.Formats}",
            HelpName = "FILE",
        };
        Option<int> capacity = CommonOptions.Count("--capacity", "N", "With --restart, the capacity in entries.", 10_000);
        Option<bool> overwrites = new("--overwrites") { Description = "Only how large a log becomes under overwrites without end." };
        Option<bool> quick = CommonOptions.Quick($"{QuickRounds} rounds, and a quarter of everything.");
        ReportSwitches output = new();

        Command command = new(
            "log",
            "What a log under a cache costs and gives: how fast it takes records, what it adds to a write, how callers who wait share " +
            "syncs, how fast a restart is; beside the disk and the codec alone, in the same run.")
        {
            directory, rounds, megabytes, restart, capacity, overwrites, quick, output.Json, output.Html,
            LogVerifyCommand.Create(), LogDumpCommand.Create(),
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            string? trace = parsed.GetValue(restart);
            bool isOverwrites = parsed.GetValue(overwrites);
            report.Progress.Start(trace is null && !isOverwrites ? LogRun.Steps : 1);
            bool isQuick = parsed.GetValue(quick);
            using LogDirectories directories = new(parsed.GetValue(directory));
            LogRun run = new(
                report,
                directories,
                isQuick ? QuickRounds : parsed.GetValue(rounds),
                isQuick ? Math.Max(1, parsed.GetValue(megabytes) / 4) : parsed.GetValue(megabytes),
                isQuick);
            bool isValid = trace is not null ? run.ExecuteWarmRestart(trace, parsed.GetValue(capacity))
                : isOverwrites ? run.ExecuteOverwrites()
                : run.Execute();
            return isValid ? 0 : 1;
        }));
        return command;
    }
}
