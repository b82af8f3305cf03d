using System.Buffers.Binary;
using System.Runtime.InteropServices;
using FastCache.Persistence.Format;

namespace FastCache.Extensions.Hybrid;

/// <summary>What stands in the second level of a tag: when it was last invalidated.</summary>
/// <remarks>Little endian: 4 bytes "FCHT", 8 of the moment, 4 of CRC-32C over them, seeded by the key.</remarks>
internal static class MomentPayload
{
    private const uint Magic = 0x54484346;
    private const int Length = 16;

    public static void Write(PooledBytes target, string key, long moment)
    {
        Span<byte> bytes = target.GetSpan(Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], moment);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], ChecksumOf(key, bytes));
        target.Advance(Length);
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, string key, out long moment)
    {
        moment = 0;
        if (bytes.Length != Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != ChecksumOf(key, bytes))
        {
            return false;
        }

        moment = BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]);
        return true;
    }

    private static uint ChecksumOf(string key, ReadOnlySpan<byte> bytes)
        => Crc32C.Compute(Crc32C.Compute(Magic, MemoryMarshal.AsBytes(key.AsSpan())), bytes[..12]);
}
