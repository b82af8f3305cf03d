using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using FastCache.Persistence.Format;

namespace FastCache.Extensions.Hybrid;

/// <summary>What stands under a key in the second level: a header, the tags, the value's bytes, a checksum.</summary>
/// <remarks>
/// Little endian: 4 bytes "FCHC", 1 of version, 1 of flags, 2 of how many tags, 8 of stamp, 8 of the moment at which it expires in ticks of
/// UTC; each tag as 2 bytes of length and UTF-8; the value; 4 of CRC-32C over all of it, seeded by the key and the type. So bytes of another
/// key or type, of another program, or damaged ones are not taken for a value.
/// </remarks>
internal static class Payload
{
    /// <summary>The most that a payload takes besides the value.</summary>
    public const int MaxOverhead = ushort.MaxValue;

    private const uint Magic = 0x43484346;
    private const byte Version = 1;
    private const byte NullFlag = 1;
    private const int HeaderLength = 24;
    private const int ChecksumLength = sizeof(uint);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What checksums of a key and a type begin with.</summary>
    public static uint SeedOf(string key, Type type)
        => Crc32C.Compute(Crc32C.Compute(Magic, MemoryMarshal.AsBytes(type.ToString().AsSpan())), MemoryMarshal.AsBytes(key.AsSpan()));

    /// <summary>Whether others can be told of these tags.</summary>
    public static bool CanHold(string[] tags)
        => tags.Sum(static tag => sizeof(ushort) + (long)Utf8.GetMaxByteCount(tag.Length)) <= MaxOverhead - HeaderLength - ChecksumLength;

    public static void WriteHeader(PooledBytes target, PayloadHeader header)
    {
        Span<byte> start = target.GetSpan(HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(start, Magic);
        start[4] = Version;
        start[5] = header.IsNull ? NullFlag : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(start[6..], (ushort)header.Tags.Length);
        BinaryPrimitives.WriteInt64LittleEndian(start[8..], header.Stamp);
        BinaryPrimitives.WriteInt64LittleEndian(start[16..], header.ExpiresAt);
        target.Advance(HeaderLength);
        foreach (string tag in header.Tags)
        {
            int length = Utf8.GetByteCount(tag);
            Span<byte> room = target.GetSpan(sizeof(ushort) + length);
            BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)length);
            Utf8.GetBytes(tag, room[sizeof(ushort)..]);
            target.Advance(sizeof(ushort) + length);
        }
    }

    public static void WriteChecksum(PooledBytes target, uint seed)
    {
        uint checksum = Crc32C.Compute(seed, target.Span);
        BinaryPrimitives.WriteUInt32LittleEndian(target.GetSpan(ChecksumLength), checksum);
        target.Advance(ChecksumLength);
    }

    /// <summary>Reads one that may be anything.</summary>
    /// <param name="bytes">All of its bytes.</param>
    /// <param name="seed">What checksums begin with.</param>
    /// <param name="header">What it says of the value.</param>
    /// <param name="value">The value's bytes, a part of them.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, uint seed, out PayloadHeader header, out ReadOnlySequence<byte> value)
    {
        header = default;
        value = default;
        ReadOnlySpan<byte> rest = bytes.Span;
        if (rest.Length < HeaderLength + ChecksumLength
            || BinaryPrimitives.ReadUInt32LittleEndian(rest) != Magic
            || rest[4] != Version
            || rest[5] > NullFlag
            || BinaryPrimitives.ReadUInt32LittleEndian(rest[^ChecksumLength..]) != Crc32C.Compute(seed, rest[..^ChecksumLength]))
        {
            return false;
        }

        // The checksum says that the rest is as it was written.
        var tags = new string[BinaryPrimitives.ReadUInt16LittleEndian(rest[6..])];
        int position = HeaderLength;
        for (int i = 0; i < tags.Length; i++)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[position..]);
            position += sizeof(ushort);
            tags[i] = Utf8.GetString(rest.Slice(position, length));
            position += length;
        }

        header = new PayloadHeader(
            BinaryPrimitives.ReadInt64LittleEndian(rest[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(rest[16..]),
            tags,
            IsNull: rest[5] == NullFlag);
        value = new ReadOnlySequence<byte>(bytes[position..^ChecksumLength]);
        return true;
    }
}
