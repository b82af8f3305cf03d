using System.Buffers;

namespace FastCache.Persistence.Serialization;

/// <summary>Bytes, as they are.</summary>
internal sealed class MemorySerializer : ILogSerializer<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public string Format => "bytes";

    /// <inheritdoc/>
    public void Serialize(ReadOnlyMemory<byte> value, IBufferWriter<byte> destination) => destination.Write(value.Span);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Deserialize(ReadOnlySpan<byte> source) => source.ToArray();
}
