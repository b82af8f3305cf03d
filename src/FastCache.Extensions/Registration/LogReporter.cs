using FastCache.Persistence;
using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Registration;

/// <summary>Logs what happens to the log under a cache.</summary>
internal sealed class LogReporter(CacheLabel cache, string directory, ILogger logger)
{
    /// <summary>For the log's listener. What the report of the restoring says better is left to <see cref="ReportAsync"/>.</summary>
    public void Hear(CacheLogEvent news)
    {
        switch (news.Kind)
        {
            case CacheLogEventKind.Mended:
                LogEvents.Mended(logger, news.Fault, cache, directory);
                break;
            case CacheLogEventKind.Forgotten:
                LogEvents.Forgotten(logger, cache, directory);
                break;
            case CacheLogEventKind.Degraded:
                LogEvents.Degraded(logger, news.Fault, cache, directory);
                break;
            case CacheLogEventKind.Resumed:
                LogEvents.Resumed(logger, cache, directory);
                break;
            default:
                break;
        }
    }

    /// <summary>Says what the restoring has found, when it is over.</summary>
    public async Task ReportAsync(Task<RecoveryReport> restored)
    {
        await ((Task)restored).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (restored.Exception is { } fault)
        {
            LogEvents.RestoreFailed(logger, fault.GetBaseException(), cache, directory);
            return;
        }

        RecoveryReport report = await restored.ConfigureAwait(false);
        if (report.Discarded != LogDiscardReason.None)
        {
            LogEvents.Discarded(logger, cache, directory, report.Discarded);
        }

        if (report.Missing > 0)
        {
            LogEvents.Damaged(logger, cache, directory, report.Missing, report.Doubtful, report.Quarantined);
        }

        LogEvents.Recovered(
            logger, cache, directory, report.Restored, report.Duration, report.Read, report.WasStopped, report.Expired, report.Torn);
    }

    /// <summary>Says how it was closed.</summary>
    public void Close(CacheLogStatistics last)
    {
        if (last.Fault is { } fault)
        {
            LogEvents.ClosedDegraded(logger, fault, cache, directory);
        }
        else
        {
            LogEvents.Closed(logger, cache, directory, last.Records, last.Length);
        }
    }
}
