using System.Buffers.Binary;

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

    public static void WriteClear(Span<byte> destination) => destination[0] = (byte)RecordKind.Clear;
}
