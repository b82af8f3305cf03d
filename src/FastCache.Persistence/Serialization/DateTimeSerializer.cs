using System.Buffers;
using System.Buffers.Binary;

namespace FastCache.Persistence.Serialization;

/// <summary>A DateTime: its ticks, then its kind.</summary>
internal sealed class DateTimeSerializer : ILogSerializer<DateTime>
{
    private const int Length = sizeof(long) + 1;

    /// <inheritdoc/>
    public string Format => "datetime";

    /// <inheritdoc/>
    public void Serialize(DateTime value, IBufferWriter<byte> destination)
    {
        Span<byte> bytes = destination.GetSpan(Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Ticks);
        bytes[sizeof(long)] = (byte)value.Kind;
        destination.Advance(Length);
    }

    /// <inheritdoc/>
    public DateTime Deserialize(ReadOnlySpan<byte> source)
    {
        FixedLength.Require(Format, Length, source);
        return new DateTime(BinaryPrimitives.ReadInt64LittleEndian(source), (DateTimeKind)source[sizeof(long)]);
    }
}
