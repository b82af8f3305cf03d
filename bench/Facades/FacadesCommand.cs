using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.Facades;

internal static class FacadesCommand
{
    private static readonly int[] ValueSizes = [100, 4_000];

    public static Command Create()
    {
        Option<FacadeInterface[]> interfaces = CommonOptions.Names(
            "--interface", "Whose implementations.", Enum.GetValues<FacadeInterface>());
        Option<FacadeWorkload[]> workloads = CommonOptions.Names(
            "--workload",
            "What the threads do. hit: reads of present keys; update: writes of present keys; insert: writes of ever-new keys into a full " +
            "cache; getorcreate: read, or make and add, Zipf 0.99 over 10x the capacity, one thread. Of the distributed caches hit and update, of the hybrid ones hit, by GetOrCreateAsync.",
            Enum.GetValues<FacadeWorkload>());
        Option<int[]> entries = CommonOptions.Counts("--entries", "N", "Entries, where something is evicted also the capacity.", 10_000);
        Option<int[]> threads = CommonOptions.Counts("--threads", "T", "Threads.", 1, 2);
        Option<int> rounds = CommonOptions.Count("--rounds", "R", "Rounds; every contestant has one turn in each.", 11);
        Option<bool> quick = CommonOptions.Quick("Turns of half the operations, shorter warm-up.");
        ReportSwitches output = new();

        Command command = new(
            "facades",
            "What IMemoryCache, IDistributedCache and HybridCache cost with FastCache behind them, beside MemoryCache and MemoryDistributedCache, and " +
            "beside FastCache without an interface: time, processor time with what runs in the background, bytes, and the share of what " +
            "was added to a full cache that it kept.")
        {
            interfaces, workloads, entries, threads, rounds, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            FacadeCell[] cells =
            [
                .. from facade in parsed.GetRequiredValue(interfaces)
                   from workload in parsed.GetRequiredValue(workloads)
                   from size in facade == FacadeInterface.Distributed ? ValueSizes.Select(static size => (int?)size) : [null]
                   from count in parsed.GetRequiredValue(entries)
                   from team in parsed.GetRequiredValue(threads)
                   let cell = new FacadeCell(facade, workload, count, team) { ValueBytes = size }
                   where cell.IsMeasured
                   select cell,
            ];
            int roundCount = parsed.GetValue(rounds);
            FacadesRun run = new(report, cells, parsed.GetValue(quick) ? FacadeSettings.Quick(roundCount) : FacadeSettings.Full(roundCount));
            report.Progress.Start(run.Steps);
            return run.Execute() ? 0 : 1;
        }));
        return command;
    }
}
