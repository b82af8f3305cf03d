using System.Buffers;
using System.Buffers.Binary;

namespace FastCache.Persistence.Serialization;

/// <summary>A TimeSpan: its ticks.</summary>
internal sealed class TimeSpanSerializer : ILogSerializer<TimeSpan>
{
    /// <inheritdoc/>
    public string Format => "timespan";

    /// <inheritdoc/>
    public void Serialize(TimeSpan value, IBufferWriter<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination.GetSpan(sizeof(long)), value.Ticks);
        destination.Advance(sizeof(long));
    }

    /// <inheritdoc/>
    public TimeSpan Deserialize(ReadOnlySpan<byte> source)
    {
        FixedLength.Require(Format, sizeof(long), source);
        return new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(source));
    }
}
