using System.Diagnostics;
using FastCache.Bench.Expiry;
using FastCache.Bench.Facades;
using FastCache.Bench.HitRate;
using FastCache.Bench.Latency;
using FastCache.Bench.Loading;
using FastCache.Bench.Log;
using FastCache.Bench.Memory;
using FastCache.Bench.Reporting;
using FastCache.Bench.Throughput;

namespace FastCache.Bench.MainJob;

/// <summary>A look at everything in less than two minutes: what one runs first, and after a change.</summary>
internal sealed class MainJobRun(Report report, MainJobScale scale)
{
    private const int Entries = 100_000;
    private const int FacadeEntries = 10_000;
    private const int PacedRate = 1_000_000;

    private static readonly ThroughputCell[] Cells =
    [
        new(ThroughputWorkload.Read, 1_000, 1),
        new(ThroughputWorkload.Read, Entries, 1),
        new(ThroughputWorkload.Read, Entries, 2),
        new(ThroughputWorkload.Read, 1_000_000, 1),
        new(ThroughputWorkload.Update, Entries, 1),
        new(ThroughputWorkload.Insert, Entries, 1),
        new(ThroughputWorkload.ReadThrough, Entries, 1),
        new(ThroughputWorkload.Mixed, Entries, 1),
        new(ThroughputWorkload.Read, Entries, 1) { ComparesVariants = true },
        new(ThroughputWorkload.Insert, Entries, 1) { ComparesVariants = true },
    ];

    private static readonly FacadeCell[] FacadeCells =
    [
        new(FacadeInterface.Memory, FacadeWorkload.Hit, FacadeEntries, 1),
        new(FacadeInterface.Memory, FacadeWorkload.Insert, FacadeEntries, 1),
    ];

    public void Execute()
    {
        long start = Stopwatch.GetTimestamp();
        HitRateRun hitRate = new(report, new HitRateSettings([], Enum.GetValues<GeneratedWorkload>(), scale.HitRateCapacities)
        {
            Limit = scale.HitRateRequests,
        });
        ThroughputRun throughput = new(report, Cells, scale.Throughput);
        LatencySettings closed = new(Entries, Threads: 2, scale.LatencySeconds, Rounds: 5);
        LatencyRun latency = new(report, closed);
        LatencyRun paced = new(report, closed with { Rate = PacedRate, Seconds = scale.LatencySeconds / 2 });
        MemoryRun memory = new(report, scale.MemoryEntries);
        OvershootRun overshoot = new(report, Entries, scale.FloodTime);
        ExpiryRun expiry = new(report, scale.MemoryEntries, rounds: 1);
        LoadRun load = new(report, Entries, rounds: 5, isQuick: true);
        FacadesRun facades = new(report, FacadeCells, FacadeSettings.Quick(rounds: 5));
        using LogDirectories directories = new();
        LogRun log = new(report, directories, rounds: 3, scale.LogMegabytes, isQuick: true);
        report.Progress.Start(
            hitRate.Steps + throughput.Steps + latency.Steps + paced.Steps + MemoryRun.Steps + OvershootRun.Steps + ExpiryRun.Steps + LoadRun.Steps +
            facades.Steps + LogRun.BriefSteps);

        Machine.Describe(report);
        hitRate.Execute();
        throughput.Execute();
        latency.Execute();
        paced.Execute();
        memory.Execute();
        overshoot.Execute();
        expiry.Execute();
        load.Execute();
        facades.Execute();
        log.ExecuteBriefly();

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        report.Line();
        report.Line($"Total time: {Format.Fixed(seconds, 1)} s");
        report.Add(new Measurement
        {
            { "verb", "main" },
            { "workload", "all" },
            { "contestant", "bench" },
            { "metric", "total_time" },
            { "value", seconds },
            { "unit", "s" },
        });
    }
}
