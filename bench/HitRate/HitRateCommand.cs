using System.CommandLine;
using FastCache.Bench.CommandLine;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html;

namespace FastCache.Bench.HitRate;

internal static class HitRateCommand
{
    private const int QuickRequests = 200_000;

    public static Command Create()
    {
        Option<string[]> traces = new("--trace")
        {
            Description = $"Trace to replay; may be repeated. The format follows from the name. {TraceFile.Formats}",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<GeneratedWorkload[]> workloads = CommonOptions.Names<GeneratedWorkload>(
            "--workload",
            "Patterns made by the program, sized to each capacity. Default without --trace: all of them.");
        workloads.HelpName = string.Join('|', Enum.GetValues<GeneratedWorkload>().Select(TraceGenerator.NameOf));
        Option<int[]> capacities = CommonOptions.Counts("--capacity", "N", "Capacity in entries.", 1_000, 10_000);
        Option<string?> sizes = new("--sizes")
        {
            Description = "Sizes of the requests of the one --trace, int32 little-endian, plain or gzip: limits are then bytes, and the " +
                "result is hit rates by objects and by bytes, of FastCache with a weigher and of exact LRU.",
            HelpName = "FILE",
        };
        Option<double[]> percents = new("--percent")
        {
            Description = "With --sizes, the capacity as a percentage of the bytes of all distinct keys, in place of --capacity.",
            HelpName = "P",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int?> limit = CommonOptions.OptionalCount(
            "--limit",
            "REQUESTS",
            $"Stop reading a trace after so many requests; the length of a generated one (default {HitRateSettings.GeneratedRequests}).");
        Option<long> seed = new("--seed")
        {
            Description = "Seed of the generators and of FastCache's hash.",
            DefaultValueFactory = static _ => 1,
        };
        Option<int?> shards = CommonOptions.Shards();
        Option<EvictionPolicy> policy = CommonOptions.Policy();
        Option<bool> quick = CommonOptions.Quick($"Only the first {QuickRequests} requests, unless --limit is given.");
        ReportSwitches output = new();

        Command command = new(
            "hitrate",
            "Hit rate of FastCache, exact LRU, MemoryCache and Belady's optimum (with bypass) on traces. Each request is a " +
            "TryGet and, on a miss, a Set. A file that cannot be read is skipped; the exit code is 1 if nothing ran.")
        {
            traces, workloads, capacities, sizes, percents, limit, seed, shards, policy, quick, output.Json, output.Html,
        };
        command.SetAction(output.Run((parsed, report) =>
        {
            string[] paths = parsed.GetValue(traces) ?? [];
            GeneratedWorkload[] chosen = parsed.GetValue(workloads) ?? [];
            HitRateSettings settings = new(
                paths,
                chosen.Length == 0 && paths.Length == 0 ? Enum.GetValues<GeneratedWorkload>() : chosen,
                parsed.GetRequiredValue(capacities))
            {
                Limit = parsed.GetValue(limit) ?? (parsed.GetValue(quick) ? QuickRequests : null),
                Shards = parsed.GetValue(shards),
                Policy = parsed.GetValue(policy),
                Seed = parsed.GetValue(seed),
            };
            if (parsed.GetValue(sizes) is { } sizesPath)
            {
                return ReplaySized(report, settings, sizesPath, parsed.GetValue(percents) ?? []);
            }

            HitRateRun run = new(report, settings);
            report.Progress.Start(run.Steps);
            return run.Execute() ? 0 : 1;
        }));
        return command;
    }

    private static int ReplaySized(Report report, HitRateSettings settings, string sizesPath, double[] percents)
    {
        if (settings.Traces.Count != 1)
        {
            report.Warn($"--sizes {sizesPath} belongs to one --trace; there are {settings.Traces.Count}");
            return 1;
        }

        report.Progress.Start(Math.Max(1, percents.Length == 0 ? settings.Capacities.Count : percents.Length));
        return new SizedHitRateRun(report, settings, sizesPath, percents).Execute() ? 0 : 1;
    }
}
