using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Memory;

/// <summary>What is logged of a <see cref="FastCacheMemoryCache"/>. Never a key or a value.</summary>
internal static partial class MemoryCacheLog
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "FastCache.MemoryCache";

    [LoggerMessage(EventId = 2001, EventName = "PostEvictionCallbackFailed", Level = LogLevel.Error,
        Message = "A post-eviction callback threw for an entry that was evicted as {Reason}.")]
    public static partial void CallbackFailed(ILogger logger, Exception exception, Microsoft.Extensions.Caching.Memory.EvictionReason reason);
}
