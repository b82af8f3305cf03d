using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting;

namespace FastCache.Bench.Log;

/// <summary>What a log costs and gives, one question after the other.</summary>
internal sealed class LogRun(Report report, LogDirectories directories, int rounds, int megabytes, bool isQuick)
{
    public const int Steps = 6;

    public const int BriefSteps = 2;

    private const int WarmRestartCapacity = 10_000;

    private static readonly int[] ValueSizes = [100, 400, 4096];
    private static readonly int[] BriefValueSizes = [400];

    /// <summary>Only how warm a restart in the middle of a trace is.</summary>
    /// <returns>Whether there is such a trace, and what was to be restored was.</returns>
    public bool ExecuteWarmRestart(string path, int capacity)
    {
        report.Heading("Warm restart");
        return TraceFile.TryRead(report, path, int.MaxValue) is { } trace
            && new WarmRestartSection(report, directories, trace, capacity).Execute();
    }

    /// <summary>Only how large a log becomes.</summary>
    /// <returns>Whether it stayed within its limits.</returns>
    public bool ExecuteOverwrites()
    {
        report.Heading("Overwrites");
        return new OverwriteSection(report, directories, isQuick).Execute();
    }

    /// <summary>Only how fast records are taken and come back, for values of one size.</summary>
    /// <returns>Whether everything that was written was there afterwards.</returns>
    public bool ExecuteBriefly()
    {
        WriteHeading();
        return new AppendSection(report, directories, BriefValueSizes, rounds, megabytes / 4).Execute()
            & new RestartSection(report, directories, BriefValueSizes, rounds, megabytes).Execute();
    }

    /// <returns>Whether everything that was written was there afterwards.</returns>
    public bool Execute()
    {
        WriteHeading();
        bool isValid = new AppendSection(report, directories, ValueSizes, rounds, megabytes / 4).Execute();
        isValid &= new AddedLatencySection(report, directories, rounds).Execute();
        isValid &= new DurableSection(report, directories, rounds).Execute();
        isValid &= new RestartSection(report, directories, ValueSizes, rounds, megabytes).Execute();
        isValid &= new OverwriteSection(report, directories, isQuick).Execute();
        Trace trace = TraceGenerator.Generate(GeneratedWorkload.Zipf, WarmRestartCapacity, requests: 1_000_000, seed: 1);
        isValid &= new WarmRestartSection(report, directories, trace, WarmRestartCapacity).Execute();
        return isValid;
    }

    private void WriteHeading()
    {
        report.Heading("Log");
        report.Line("A log under a cache of byte arrays by Guid. The values are JSON, cut to size; blocks of 64 KiB.");
        report.Line($"Medians of {rounds} interleaved rounds; MB are of records before compression.");
    }
}
