using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FastCache.Persistence.Serialization;

/// <summary>Values as JSON in UTF-8.</summary>
internal sealed class JsonLogSerializer<T>(JsonTypeInfo<T> typeInfo, int version) : ILogSerializer<T>
{
    // One a thread: a writer is an object, and a write of a cache should not allocate.
    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <inheritdoc/>
    public string Format { get; } = string.Create(CultureInfo.InvariantCulture, $"json {typeof(T).FullName} {version}");

    /// <inheritdoc/>
    public void Serialize(T value, IBufferWriter<byte> destination)
    {
        // A converter that writes to a cache itself finds none, and makes another.
        Utf8JsonWriter? writer = t_writer;
        t_writer = null;
        if (writer is null)
        {
            writer = new Utf8JsonWriter(destination);
        }
        else
        {
            writer.Reset(destination);
        }

        JsonSerializer.Serialize(writer, value, typeInfo);
        writer.Reset(Nowhere.Shared);
        t_writer = writer;
    }

    /// <inheritdoc/>
    public T Deserialize(ReadOnlySpan<byte> source) => JsonSerializer.Deserialize(source, typeInfo)!;
}
