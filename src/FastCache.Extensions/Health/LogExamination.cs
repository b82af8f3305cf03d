using System.Globalization;
using FastCache.Persistence;

namespace FastCache.Extensions.Health;

/// <summary>Finds what is not well in the log under a cache.</summary>
internal static class LogExamination
{
    // Fewer waits are no sign of a slow disk.
    private const int MinWaits = 10;

    public static IEnumerable<Finding> Of(CacheWatch watch, FastCacheHealthOptions options)
    {
        if (watch.Last.Log is not { } log)
        {
            yield break;
        }

        if (log.Statistics.Fault is { } fault)
        {
            yield return new Finding($"goes on without its log: {fault.Message}", IsFailure: true);
        }

        if (log.RestoreFault is { } restoreFault)
        {
            yield return new Finding($"could not be restored from its log: {restoreFault.Message}");
        }

        foreach (Finding finding in OfRoom(log, options).Concat(OfNews(log.Statistics, watch.Before.Log!.Statistics, options)))
        {
            yield return finding;
        }
    }

    /// <summary>The bytes that are free where a log is; null if that cannot be told.</summary>
    public static long? FreeBytes(LogFigures log)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(log.Directory)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The log itself says what becomes of a disk that cannot be asked.
            return null;
        }
    }

    private static IEnumerable<Finding> OfRoom(LogFigures log, FastCacheHealthOptions options)
    {
        if (log.Statistics.Length > options.MaxLogFill * log.MaxSize)
        {
            yield return new Finding(Text(
                $"has a log of {log.Statistics.Length} bytes, more than MaxLogFill, {options.MaxLogFill:P0}, of {log.MaxSize}: its oldest entries are about to be forgotten"));
        }

        if (options.MinFreeDiskMegabytes > 0 && FreeBytes(log) is { } free && free < (long)options.MinFreeDiskMegabytes << 20)
        {
            yield return new Finding(Text(
                $"has its log on a disk with {free} bytes free, less than MinFreeDiskMegabytes, {options.MinFreeDiskMegabytes}"));
        }
    }

    private static IEnumerable<Finding> OfNews(CacheLogStatistics now, CacheLogStatistics before, FastCacheHealthOptions options)
    {
        if (now.Dropped > before.Dropped)
        {
            yield return new Finding(Text($"has left {now.Dropped - before.Dropped} values out of its log for want of room"));
        }

        if (now.ForgottenSegments > before.ForgottenSegments)
        {
            yield return new Finding(Text($"has lost the oldest {now.ForgottenSegments - before.ForgottenSegments} segments of its log for want of room"));
        }

        if (now.Mends > before.Mends)
        {
            yield return new Finding(Text($"has had {now.Mends - before.Mends} files of its log fail, and lost nothing"));
        }

        if (now.Resumptions > before.Resumptions)
        {
            yield return new Finding("had been without its log, which has begun anew");
        }

        long waits = now.Waits - before.Waits;
        long records = now.Records - before.Records;
        if (waits >= MinWaits && waits > options.MaxLogWaitRatio * records)
        {
            yield return new Finding(Text(
                $"is held up by its log: {waits} writes had to wait for the disk, which has taken {records} records; MaxLogWaitRatio is {options.MaxLogWaitRatio:P1}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
