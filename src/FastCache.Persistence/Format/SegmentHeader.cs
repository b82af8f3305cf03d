using System.Buffers.Binary;

namespace FastCache.Persistence.Format;

/// <summary>The beginning of a segment file.</summary>
internal readonly record struct SegmentHeader
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 128;

    private const ulong Magic = 0x4745_5347_4F4C_4346; // "FCLOGSEG"
    private const int CrcOffset = Length - sizeof(uint);

    public FeatureBits Features { get; init; }

    /// <summary>Tells this log from any other, whose segments may have been copied into the directory.</summary>
    public ulong LogId { get; init; }

    public ulong SegmentId { get; init; }

    /// <summary>The sequence of the segment's first record.</summary>
    public ulong FirstSequence { get; init; }

    /// <summary>
    /// The last sequence that counts in earlier segments: what they hold beyond it was torn off when the log was opened. The next one is
    /// <see cref="FirstSequence"/>, however far away.
    /// </summary>
    public ulong PreviousSequence { get; init; }

    /// <summary>Nothing with a lower sequence counts: it was removed, or is in doubt.</summary>
    public ulong FloorSequence { get; init; }

    /// <summary>The highest sequence known to be durable when the segment was made.</summary>
    public ulong DurableSequence { get; init; }

    /// <summary>The writer's clock, in ticks of UTC.</summary>
    public long UtcTicks { get; init; }

    /// <summary>What the keys look like; see <see cref="Fingerprint"/>.</summary>
    public ulong KeyFormat { get; init; }

    /// <summary>What the values look like.</summary>
    public ulong ValueFormat { get; init; }

    /// <summary>A random number that the block headers' checksums begin with.</summary>
    public uint Salt { get; init; }

    public void Write(Span<byte> destination)
    {
        destination = destination[..Length];
        destination.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], LogFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[10..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], Features.Compatible);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], Features.ReadOnlyCompatible);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[20..], Features.Incompatible);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], LogId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], SegmentId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[40..], FirstSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[48..], PreviousSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[56..], FloorSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[64..], DurableSequence);
        BinaryPrimitives.WriteInt64LittleEndian(destination[72..], UtcTicks);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[80..], KeyFormat);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[88..], ValueFormat);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[96..], Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], Crc32C.Compute(seed: 0, destination[..CrcOffset]));
    }

    /// <summary>False if the bytes are no segment header, or a damaged one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out SegmentHeader header)
    {
        header = default;
        if (source.Length < Length
            || BinaryPrimitives.ReadUInt64LittleEndian(source) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Compute(seed: 0, source[..CrcOffset]))
        {
            return false;
        }

        header = new SegmentHeader
        {
            Features = new FeatureBits(
                BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
                BinaryPrimitives.ReadUInt32LittleEndian(source[16..]),
                BinaryPrimitives.ReadUInt32LittleEndian(source[20..])),
            LogId = BinaryPrimitives.ReadUInt64LittleEndian(source[24..]),
            SegmentId = BinaryPrimitives.ReadUInt64LittleEndian(source[32..]),
            FirstSequence = BinaryPrimitives.ReadUInt64LittleEndian(source[40..]),
            PreviousSequence = BinaryPrimitives.ReadUInt64LittleEndian(source[48..]),
            FloorSequence = BinaryPrimitives.ReadUInt64LittleEndian(source[56..]),
            DurableSequence = BinaryPrimitives.ReadUInt64LittleEndian(source[64..]),
            UtcTicks = BinaryPrimitives.ReadInt64LittleEndian(source[72..]),
            KeyFormat = BinaryPrimitives.ReadUInt64LittleEndian(source[80..]),
            ValueFormat = BinaryPrimitives.ReadUInt64LittleEndian(source[88..]),
            Salt = BinaryPrimitives.ReadUInt32LittleEndian(source[96..]),
        };
        return true;
    }
}
