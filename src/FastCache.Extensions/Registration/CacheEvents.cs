using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Registration;

/// <summary>What is logged of the caches of a container.</summary>
internal static partial class CacheEvents
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "FastCache.Caches";

    [LoggerMessage(EventId = 2101, EventName = "CacheMade", Level = LogLevel.Debug, Message = "Made {Cache} with a limit of {Limit} {Unit}.")]
    public static partial void CacheMade(ILogger logger, CacheLabel cache, long limit, string unit);

    [LoggerMessage(EventId = 2102, EventName = "CacheDisabled", Level = LogLevel.Information,
        Message = "{Cache} is switched off by its settings, and stays empty.")]
    public static partial void CacheDisabled(ILogger logger, CacheLabel cache);
}
