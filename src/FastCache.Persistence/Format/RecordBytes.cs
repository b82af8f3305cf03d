using System.Buffers;
using System.Buffers.Binary;
using CommunityToolkit.HighPerformance.Buffers;

namespace FastCache.Persistence.Format;

/// <summary>Writes the records that are not puts.</summary>
internal static class RecordBytes
{
    public const int RemoveLength = 1 + sizeof(ulong);

    public const int ClearLength = 1;

    public static void WriteRemove(Span<byte> destination, ulong keyDigest)
    {
        destination[0] = (byte)RecordKind.Remove;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[1..], keyDigest);
    }

    /// <summary>The record of a tag that is removed, or of keys by what they have in common. Empty if nothing so long can be in a log.</summary>
    public static ArrayPoolBufferWriter<byte> OfRemoval(RecordKind kind, string text)
    {
        // Not returned to its pool: such records are few, and a long one is taken by a block.
        var record = new ArrayPoolBufferWriter<byte>();
        if (text.Length > RemovalText.MaxLength)
        {
            return record;
        }

        byte[] bytes = new byte[TextBytes.MaxLengthOf(text)];
        int length = TextBytes.Write(text, bytes);
        if (length <= RemovalText.MaxLength)
        {
            Span<byte> destination = record.GetSpan(1 + Varint.MaxLength32);
            destination[0] = (byte)kind;
            record.Advance(1 + Varint.Write(destination[1..], (uint)length));
            record.Write(bytes.AsSpan(0, length));
        }

        return record;
    }

    public static void WriteClear(Span<byte> destination) => destination[0] = (byte)RecordKind.Clear;
}
