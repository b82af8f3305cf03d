using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Hybrid;

/// <summary>What is logged of a <see cref="FastCacheHybridCache"/>. Never a key, a tag or a value.</summary>
internal static partial class HybridCacheLog
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "FastCache.HybridCache";

    [LoggerMessage(EventId = 2301, EventName = "HybridKeyUnusable", Level = LogLevel.Error,
        Message = "A call was served without the cache, because of its key: {Fault}.")]
    public static partial void KeyUnusable(ILogger logger, KeyFault fault);

    [LoggerMessage(EventId = 2302, EventName = "HybridTextMalformed", Level = LogLevel.Error,
        Message = "A call was served without the second level, because its key or a tag is malformed UTF-16, or too long for a payload.")]
    public static partial void TextMalformed(ILogger logger);

    [LoggerMessage(EventId = 2303, EventName = "HybridSecondLevelReadFailed", Level = LogLevel.Error,
        Message = "The second level could not be read; what was asked for counts as absent there.")]
    public static partial void ReadFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2304, EventName = "HybridSecondLevelWriteFailed", Level = LogLevel.Error,
        Message = "The second level could not be written; it may still have an older value.")]
    public static partial void WriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2305, EventName = "HybridPayloadRejected", Level = LogLevel.Warning,
        Message = "What the second level has under a key was not taken, and counts as absent: {Fault}.")]
    public static partial void PayloadRejected(ILogger logger, PayloadFault fault, Exception? exception);

    [LoggerMessage(EventId = 2306, EventName = "HybridSerializationFailed", Level = LogLevel.Error,
        Message = "A value of type {Type} could not be serialized.")]
    public static partial void SerializationFailed(ILogger logger, Exception exception, Type type);

    [LoggerMessage(EventId = 2307, EventName = "HybridDeserializationFailed", Level = LogLevel.Error,
        Message = "A value of type {Type} could not be deserialized from what its own serializer wrote.")]
    public static partial void DeserializationFailed(ILogger logger, Exception exception, Type type);

    [LoggerMessage(EventId = 2308, EventName = "HybridPayloadTooLarge", Level = LogLevel.Error,
        Message = "A value of type {Type} takes more than {Limit} bytes and is not kept as bytes.")]
    public static partial void PayloadTooLarge(ILogger logger, Type type, int limit);
}
