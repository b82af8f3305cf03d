using FastCache.Bench.Reporting;

namespace FastCache.Bench.Log;

/// <summary>What a log costs and gives, one question after the other.</summary>
internal sealed class LogRun(Report report, string root, int rounds, int megabytes)
{
    public const int Steps = 4;

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
        return isValid;
    }
}
