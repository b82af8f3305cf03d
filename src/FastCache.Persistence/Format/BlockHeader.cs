using System.Buffers.Binary;
using FastCache.Persistence.Lz4;

namespace FastCache.Persistence.Format;

/// <summary>What precedes the stored bytes of a block.</summary>
/// <remarks>
/// Its checksum begins with the segment's salt and the block's place, so that bytes of another log, of an earlier life of the disk's
/// sectors, or from another offset do not pass for it.
/// </remarks>
internal readonly record struct BlockHeader
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 64;

    /// <summary>Begins every block.</summary>
    public const uint Magic = 0x4B4C_4246; // "FBLK"

    private const int CheckedFrom = 8;

    // LZ4 yields at most 255 bytes for one: a longer block is none. What other codecs can do, nobody knows.
    private const int MaxLz4Ratio = 255;

    public BlockKind Kind { get; init; }

    /// <summary><see cref="IBlockCodec.Id"/>, or 0.</summary>
    public byte Codec { get; init; }

    public uint RecordCount { get; init; }

    public int StoredLength { get; init; }

    public int RawLength { get; init; }

    public uint StoredCrc { get; init; }

    public uint RawCrc { get; init; }

    public ulong FirstSequence { get; init; }

    /// <summary>The highest sequence known to be durable when the block was made. What recovery tells corruption from a torn end by.</summary>
    public ulong DurableSequence { get; init; }

    /// <summary>The writer's clock, in ticks of UTC.</summary>
    public long UtcTicks { get; init; }

    public ulong LastSequence => FirstSequence + RecordCount - 1;

    /// <summary>Bytes that the block takes in the file.</summary>
    public long TotalLength => Length + LogFormat.AlignUp((long)StoredLength);

    public void Write(Span<byte> destination, uint salt, long offset)
    {
        destination = destination[..Length];
        destination.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        destination[8] = (byte)Kind;
        destination[9] = Codec;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], RecordCount);
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], StoredLength);
        BinaryPrimitives.WriteInt32LittleEndian(destination[20..], RawLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[24..], StoredCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[28..], RawCrc);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], FirstSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[40..], DurableSequence);
        BinaryPrimitives.WriteInt64LittleEndian(destination[48..], UtcTicks);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Checksum(destination, salt, offset));
    }

    /// <summary>False if the bytes are no block header that belongs there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, uint salt, long offset, out BlockHeader header)
    {
        header = default;
        if (source.Length < Length
            || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(source[4..]) != Checksum(source, salt, offset))
        {
            return false;
        }

        header = new BlockHeader
        {
            Kind = (BlockKind)source[8],
            Codec = source[9],
            RecordCount = BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
            StoredLength = BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            RawLength = BinaryPrimitives.ReadInt32LittleEndian(source[20..]),
            StoredCrc = BinaryPrimitives.ReadUInt32LittleEndian(source[24..]),
            RawCrc = BinaryPrimitives.ReadUInt32LittleEndian(source[28..]),
            FirstSequence = BinaryPrimitives.ReadUInt64LittleEndian(source[32..]),
            DurableSequence = BinaryPrimitives.ReadUInt64LittleEndian(source[40..]),
            UtcTicks = BinaryPrimitives.ReadInt64LittleEndian(source[48..]),
        };
        return header.IsPlausible;
    }

    // Nobody allocates or reads by a length that no writer writes, whatever a checksum says.
    private bool IsPlausible
        => StoredLength >= 0
            && RawLength >= StoredLength
            && RawLength <= LogFormat.MaxRawLength
            && (Codec != BlockCodecs.Lz4Id || RawLength <= ((long)StoredLength * MaxLz4Ratio) + Length)
            && RecordCount <= (uint)RawLength
            && FirstSequence <= ulong.MaxValue - RecordCount;

    private static uint Checksum(ReadOnlySpan<byte> header, uint salt, long offset)
        => Crc32C.Compute(salt ^ (uint)(offset / LogFormat.Alignment), header[CheckedFrom..Length]);
}
