using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Throughput;

internal static class ThroughputCommand
{
    private static readonly int[] UsualThreads = [1, Environment.ProcessorCount, 2 * Environment.ProcessorCount];

    public static Command Create()
    {
        Option<ThroughputWorkload[]> workloads = CommonOptions.Names(
            "--workload",
            "What the threads do. read: TryGet of present keys; update: Set of present keys; insert: Set of ever-new keys, a " +
            "full cache evicts at each; readthrough: TryGet, Set on a miss, Zipf 0.99 over 10x the capacity; mixed: 75 % the " +
            "same and 25 % Set, over 4x.",
            Enum.GetValues<ThroughputWorkload>());
        Option<int[]> entries = CommonOptions.Counts("--entries", "N", "Entries, in the evicting workloads also the capacity.", 100_000);
        Option<int[]> threads = CommonOptions.Counts(
            "--threads", "T", "Threads. Default: one, as many as there are cores, twice as many.", [.. UsualThreads.Distinct()]);
        Option<KeyDistribution[]> distributions = CommonOptions.Names(
            "--distribution", "Of the keys of read and update.", KeyDistribution.Uniform);
        Option<int> rounds = CommonOptions.Count("--rounds", "R", "Rounds; every contestant has one turn in each.", 15);
        Option<int?> shards = CommonOptions.Shards();
        Option<EvictionPolicy> policy = CommonOptions.Policy();
        Option<bool> ttl = new("--ttl")
        {
            Description = "FastCache with a time to live (coarse and precise), sliding expiry and a weigher, beside FastCache without, " +
                "in place of the other contestants.",
        };
        Option<bool> quick = CommonOptions.Quick("Turns of 40 ms instead of 100 ms, shorter warm-up.");
        ReportSwitches output = new();

        Command command = new(
            "throughput",
            "Time per operation of FastCache, ConcurrentDictionary (read, update) or ConcurrentDictionary + FIFO ring (insert, " +
            "readthrough, mixed), and MemoryCache, long keys to references, interleaved in one process. Time per operation = " +
            "wall time of the slowest thread / operations per thread: with perfect scaling it stays the same whatever the " +
            "number of threads. A row that did not do its work says INVALID.")
        {
            workloads, entries, threads, distributions, rounds, shards, policy, ttl, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            ThroughputCell[] cells =
            [
                .. from workload in parsed.GetRequiredValue(workloads)
                   from count in parsed.GetRequiredValue(entries)
                   from team in parsed.GetRequiredValue(threads)
                   let cell = new ThroughputCell(workload, count, team) { ComparesVariants = parsed.GetValue(ttl) }
                   from distribution in cell.Evicts ? [KeyDistribution.Uniform] : parsed.GetRequiredValue(distributions)
                   select cell with { Distribution = distribution },
            ];
            ThroughputSettings settings = parsed.GetValue(quick)
                ? ThroughputSettings.Quick(parsed.GetValue(rounds))
                : ThroughputSettings.Full(parsed.GetValue(rounds));
            ThroughputRun run = new(report, cells, settings with
            {
                Policy = parsed.GetValue(policy),
                Shards = parsed.GetValue(shards),
            });
            report.Progress.Start(run.Steps);
            run.Execute();
            return 0;
        }));
        return command;
    }
}
