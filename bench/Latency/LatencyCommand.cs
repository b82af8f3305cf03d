using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Latency;

internal static class LatencyCommand
{
    private const double QuickSeconds = 1;
    private const int UsualRate = 1_000_000;

    public static Command Create()
    {
        Option<int> entries = CommonOptions.Count("--entries", "N", "Capacity in entries.", 100_000);
        Option<int> threads = CommonOptions.Count("--threads", "T", "Threads.", 2);
        Option<double> seconds = new("--seconds")
        {
            Description = "How long each contestant is measured, over all rounds.",
            HelpName = "S",
            DefaultValueFactory = static _ => 5,
        };
        seconds.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() <= 0)
            {
                result.AddError("--seconds must be positive.");
            }
        });
        Option<int> rate = CommonOptions.Count("--rate", "OPS", "Operations a second of the paced part, of all threads together.", UsualRate);
        Option<int> rounds = CommonOptions.Count("--rounds", "R", "Rounds; every contestant has one turn in each.", 5);
        Option<int?> shards = CommonOptions.Shards();
        Option<EvictionPolicy> policy = CommonOptions.Policy();
        Option<bool> quick = CommonOptions.Quick("One second for each contestant.");
        ReportSwitches output = new();

        Command command = new(
            "latency",
            "Latency of single operations of FastCache, ConcurrentDictionary + FIFO ring and MemoryCache while entries are " +
            "evicted: 75 % TryGet with a Set on a miss (one operation), 25 % Set, Zipf 0.99 over 4x the capacity. Two time stamps " +
            "around each operation go to a histogram of 3 % precision per thread. The clock's own cost is shown, not subtracted. First as " +
            "fast as it goes, then at a pace: there an operation counts from when it was due.")
        {
            entries, threads, seconds, rate, rounds, shards, policy, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            LatencySettings settings = new(
                parsed.GetValue(entries),
                parsed.GetValue(threads),
                parsed.GetValue(quick) ? QuickSeconds : parsed.GetValue(seconds),
                parsed.GetValue(rounds))
            {
                Shards = parsed.GetValue(shards),
                Policy = parsed.GetValue(policy),
            };
            LatencyRun[] runs = [new(report, settings), new(report, settings with { Rate = parsed.GetValue(rate) })];
            report.Progress.Start(runs.Sum(static run => run.Steps));
            Array.ForEach(runs, static run => run.Execute());
            return 0;
        }));
        return command;
    }
}
