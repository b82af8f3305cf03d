using System.Buffers;

namespace FastCache.Persistence.Serialization;

/// <summary>An array of bytes, as it is.</summary>
internal sealed class ByteArraySerializer : ILogSerializer<byte[]>
{
    /// <inheritdoc/>
    public string Format => "bytes";

    /// <inheritdoc/>
    public void Serialize(byte[] value, IBufferWriter<byte> destination) => destination.Write(value);

    /// <inheritdoc/>
    public byte[] Deserialize(ReadOnlySpan<byte> source) => source.ToArray();
}
