using System.Buffers;

namespace FastCache.Persistence.Serialization;

/// <summary>A Guid: 16 bytes, in the order in which it is written.</summary>
internal sealed class GuidSerializer : ILogSerializer<Guid>
{
    private const int Length = 16;

    /// <inheritdoc/>
    public string Format => "guid";

    /// <inheritdoc/>
    public void Serialize(Guid value, IBufferWriter<byte> destination)
    {
        value.TryWriteBytes(destination.GetSpan(Length), bigEndian: true, out int written);
        destination.Advance(written);
    }

    /// <inheritdoc/>
    public Guid Deserialize(ReadOnlySpan<byte> source) => new(source, bigEndian: true);
}
