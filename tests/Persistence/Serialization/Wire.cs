using System.Buffers;
using FastCache.Persistence;
using Xunit;

namespace FastCache.Tests.Persistence.Serialization;

/// <summary>Bytes of values, by the built-in serializers.</summary>
internal static class Wire
{
    public static ILogSerializer<T> Of<T>()
    {
        Assert.True(LogSerializer.TryGet(out ILogSerializer<T>? serializer), $"There is none for {typeof(T)}.");
        return serializer;
    }

    public static byte[] Write<T>(this ILogSerializer<T> serializer, T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        serializer.Serialize(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what was written; the bytes may be moved meanwhile.</summary>
    public static T RoundTrip<T>(this ILogSerializer<T> serializer, T value) => serializer.Deserialize(serializer.Write(value));
}
