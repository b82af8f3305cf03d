using FastCache.Diagnostics;
using Microsoft.Extensions.Logging;

namespace FastCache.Notifications;

/// <summary>What is logged of notifications. Never a value, and a key as <see cref="LoggedKey"/> says.</summary>
internal static partial class NotificationLog
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "FastCache.Notifications";

    [LoggerMessage(EventId = 1001, EventName = "RemovalListenerFailed", Level = LogLevel.Error,
        Message = "The removal listener threw for the entry {Key}, which was removed as {Cause}; that was failure {Failures}.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception, object? key, RemovalCause cause, long failures);

    [LoggerMessage(EventId = 1002, EventName = "ScopedDisposalFailed", Level = LogLevel.Error,
        Message = "The scoped value of the entry {Key} threw when it was disposed; that was failure {Failures}.")]
    public static partial void DisposalFailed(ILogger logger, Exception exception, object? key, long failures);
}
