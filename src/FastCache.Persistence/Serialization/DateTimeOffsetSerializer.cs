using System.Buffers;
using System.Buffers.Binary;

namespace FastCache.Persistence.Serialization;

/// <summary>A DateTimeOffset: the ticks of its UTC, then its offset in minutes.</summary>
internal sealed class DateTimeOffsetSerializer : ILogSerializer<DateTimeOffset>
{
    private const int Length = sizeof(long) + sizeof(short);

    /// <inheritdoc/>
    public string Format => "datetimeoffset";

    /// <inheritdoc/>
    public void Serialize(DateTimeOffset value, IBufferWriter<byte> destination)
    {
        Span<byte> bytes = destination.GetSpan(Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.UtcTicks);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[sizeof(long)..], (short)value.TotalOffsetMinutes);
        destination.Advance(Length);
    }

    /// <inheritdoc/>
    public DateTimeOffset Deserialize(ReadOnlySpan<byte> source)
    {
        FixedLength.Require(Format, Length, source);
        return new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(source), TimeSpan.Zero)
            .ToOffset(TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(source[sizeof(long)..])));
    }
}
