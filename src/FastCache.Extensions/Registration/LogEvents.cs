using FastCache.Persistence;
using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Registration;

/// <summary>What is logged of the logs under the caches of a container.</summary>
internal static partial class LogEvents
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "FastCache.Logs";

    [LoggerMessage(EventId = 2201, EventName = "LogRecovered", Level = LogLevel.Information,
        Message = "The log of {Cache} in {Directory} has brought back {Restored} entries in {Duration}, of {Read} records read. Stopped in order: "
            + "{WasStopped}; expired: {Expired}; never durable: {Torn}.")]
    public static partial void Recovered(
        ILogger logger, CacheLabel cache, string directory, long restored, TimeSpan duration, long read, bool wasStopped, long expired, long torn);

    [LoggerMessage(EventId = 2202, EventName = "LogDamaged", Level = LogLevel.Warning,
        Message = "In the log of {Cache} in {Directory}, {Missing} durable records cannot be read. {Doubtful} older ones were left out, and "
            + "{Quarantined} files put aside.")]
    public static partial void Damaged(ILogger logger, CacheLabel cache, string directory, long missing, long doubtful, int quarantined);

    [LoggerMessage(EventId = 2203, EventName = "LogDiscarded", Level = LogLevel.Warning,
        Message = "The log of {Cache} in {Directory} was discarded: {Reason}. The cache begins empty.")]
    public static partial void Discarded(ILogger logger, CacheLabel cache, string directory, LogDiscardReason reason);

    [LoggerMessage(EventId = 2204, EventName = "LogRestoreFailed", Level = LogLevel.Error,
        Message = "What is in the log of {Cache} in {Directory} could not be brought back.")]
    public static partial void RestoreFailed(ILogger logger, Exception exception, CacheLabel cache, string directory);

    [LoggerMessage(EventId = 2205, EventName = "LogMended", Level = LogLevel.Warning,
        Message = "A file of the log of {Cache} in {Directory} has failed. Nothing is lost: it goes on in another.")]
    public static partial void Mended(ILogger logger, Exception? exception, CacheLabel cache, string directory);

    [LoggerMessage(EventId = 2206, EventName = "LogForgotten", Level = LogLevel.Warning,
        Message = "The oldest part of the log of {Cache} in {Directory} was deleted for want of room: its entries do not survive a restart.")]
    public static partial void Forgotten(ILogger logger, CacheLabel cache, string directory);

    [LoggerMessage(EventId = 2207, EventName = "LogDegraded", Level = LogLevel.Error,
        Message = "The log of {Cache} in {Directory} has failed. The cache goes on without it, and the log is tried again.")]
    public static partial void Degraded(ILogger logger, Exception? exception, CacheLabel cache, string directory);

    [LoggerMessage(EventId = 2208, EventName = "LogResumed", Level = LogLevel.Warning,
        Message = "The log of {Cache} in {Directory} has begun anew. What the cache held before is not in it until it is written again.")]
    public static partial void Resumed(ILogger logger, CacheLabel cache, string directory);

    [LoggerMessage(EventId = 2209, EventName = "LogClosed", Level = LogLevel.Information,
        Message = "The log of {Cache} in {Directory} was brought to the disk and closed: {Records} records since it was opened, {Length} bytes in all.")]
    public static partial void Closed(ILogger logger, CacheLabel cache, string directory, long records, long length);

    [LoggerMessage(EventId = 2210, EventName = "LogClosedDegraded", Level = LogLevel.Error,
        Message = "The log of {Cache} in {Directory} was closed when it had failed. The next start discards it.")]
    public static partial void ClosedDegraded(ILogger logger, Exception exception, CacheLabel cache, string directory);
}
