using FastCache.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Memory;

/// <summary>What is logged of a <see cref="FastCacheMemoryCache"/>. Never a value, and a key as <see cref="LoggedKey"/> says.</summary>
internal static partial class MemoryCacheLog
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "FastCache.MemoryCache";

    [LoggerMessage(EventId = 2001, EventName = "PostEvictionCallbackFailed", Level = LogLevel.Error,
        Message = "A post-eviction callback threw for the entry {Key}, which was evicted as {Reason}.")]
    public static partial void CallbackFailed(ILogger logger, Exception exception, object? key, EvictionReason reason);
}
