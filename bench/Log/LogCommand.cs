using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting;

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
        Option<bool> quick = CommonOptions.Quick($"{QuickRounds} rounds, and a quarter of everything.");
        Option<bool> json = CommonOptions.Json();

        Command command = new(
            "log",
            "What a log under a cache costs and gives: how fast it takes records, what it adds to a write, how callers who wait share " +
            "syncs, how fast a restart is; beside the disk and the codec alone, in the same run.")
        {
            directory, rounds, megabytes, quick, json, LogVerifyCommand.Create(), LogDumpCommand.Create(),
        };
        command.SetAction(parsed =>
        {
            Report report = new(parsed.GetValue(json));
            report.Progress.Start(LogRun.Steps);
            bool isQuick = parsed.GetValue(quick);
            string root = Path.Combine(parsed.GetValue(directory) ?? Path.GetTempPath(), $"fastcache-bench-{Environment.ProcessId}");
            LogRun run = new(
                report,
                root,
                isQuick ? QuickRounds : parsed.GetValue(rounds),
                isQuick ? Math.Max(1, parsed.GetValue(megabytes) / 4) : parsed.GetValue(megabytes));
            try
            {
                return run.Execute() ? 0 : 1;
            }
            finally
            {
                if (Directory.Exists(root))
                {
                    Directory.Delete(root, recursive: true);
                }
            }
        });
        return command;
    }
}
