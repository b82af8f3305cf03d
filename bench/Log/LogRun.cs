using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting;

namespace FastCache.Bench.Log;

/// <summary>What a log costs and gives, one question after the other.</summary>
internal sealed class LogRun(Report report, string root, int rounds, int megabytes, bool isQuick)
{
    public const int Steps = 6;

    private const int WarmRestartCapacity = 10_000;

    /// <summary>Only how warm a restart in the middle of a trace is.</summary>
    /// <returns>Whether there is such a trace, and what was to be restored was.</returns>
    public bool ExecuteWarmRestart(string path, int capacity)
    {
        report.Heading("Warm restart");
        return TraceFile.TryRead(report, path, int.MaxValue) is { } trace
            && new WarmRestartSection(report, new LogDirectories(root), trace, capacity).Execute();
    }

    /// <summary>Only how large a log becomes.</summary>
    /// <returns>Whether it stayed within its limits.</returns>
    public bool ExecuteOverwrites()
    {
        report.Heading("Overwrites");
        return new OverwriteSection(report, new LogDirectories(root), isQuick).Execute();
    }

    /// <returns>Whether everything that was written was there afterwards.</returns>
    public bool Execute()
    {
        report.Heading("Log");
        report.Line("A log under a cache of byte arrays by Guid. The values are JSON, cut to size; blocks of 64 KiB.");
        report.Line($"Medians of {rounds} interleaved rounds; MB are of records before compression.");
        LogDirectories directories = new(root);
        bool isValid = new AppendSection(report, directories, rounds, megabytes / 4).Execute();
        isValid &= new AddedLatencySection(report, directories, rounds).Execute();
        isValid &= new DurableSection(report, directories, rounds).Execute();
        isValid &= new RestartSection(report, directories, rounds, megabytes).Execute();
        isValid &= new OverwriteSection(report, directories, isQuick).Execute();
        Trace trace = TraceGenerator.Generate(GeneratedWorkload.Zipf, WarmRestartCapacity, requests: 1_000_000, seed: 1);
        isValid &= new WarmRestartSection(report, directories, trace, WarmRestartCapacity).Execute();
        return isValid;
    }
}
