using System.Buffers.Binary;
using FastCache.Persistence.Format;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class SegmentHeaderTests
{
    private static readonly SegmentHeader Sample = new()
    {
        Features = new FeatureBits(0x0101_0102, 0x0202_0203, 0x0303_0304),
        LogId = 0x0404_0405,
        SegmentId = 0x0505_0506,
        FirstSequence = 0x0606_0607,
        PreviousSequence = 0x0707_0708,
        FloorSequence = 0x0808_0809,
        DurableSequence = 0x0909_090A,
        UtcTicks = 0x0A0A_0A0B,
        KeyFormat = 0x0B0B_0B0C,
        ValueFormat = 0x0C0C_0C0D,
        Salt = 0x0D0D_0D0E,
    };

    [Fact]
    public void Every_header_is_read_as_it_was_written()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(HeaderFields.SegmentHeaders, static header =>
        {
            Assert.True(SegmentHeader.TryRead(Written(header), out SegmentHeader read));
            Assert.Equal(header, read);
        }));

    [Fact]
    public void Each_field_is_where_the_format_says()
    {
        byte[] bytes = Written(Sample);

        Assert.Equal("FCLOGSEG"u8, bytes.AsSpan(0, 8));
        Assert.Equal(1, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(128, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(10)));
        Assert.Equal(0x0101_0102u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)));
        Assert.Equal(0x0202_0203u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(16)));
        Assert.Equal(0x0303_0304u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(20)));
        ulong[] words = [.. Enumerable.Range(0, 9).Select(word => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(24 + (8 * word))))];
        Assert.Equal(
            [0x0404_0405, 0x0505_0506, 0x0606_0607, 0x0707_0708, 0x0808_0809, 0x0909_090A, 0x0A0A_0A0B, 0x0B0B_0B0C, 0x0C0C_0C0D], words);
        Assert.Equal(0x0D0D_0D0Eu, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(96)));
        Assert.False(bytes.AsSpan(100, 24).ContainsAnyExcept((byte)0));
        Assert.Equal(BitwiseCrc32C.Compute(0, bytes.AsSpan(0, 124)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(124)));
    }

    [Fact]
    public void A_header_with_any_bit_changed_is_refused()
    {
        byte[] bytes = Written(Sample);
        Bits.ForEachFlipped(bytes, bit => Assert.False(SegmentHeader.TryRead(bytes, out _), $"bit {bit}"));
    }

    [Fact]
    public void A_part_of_a_header_is_refused()
    {
        byte[] bytes = Written(Sample);
        for (int length = 0; length < SegmentHeader.Length; length++)
        {
            Assert.False(SegmentHeader.TryRead(bytes.AsSpan(0, length), out _), $"{length} bytes");
        }
    }

    [Fact]
    public void Nothing_but_zeros_is_no_header() => Assert.False(SegmentHeader.TryRead(new byte[SegmentHeader.Length], out _));

    private static byte[] Written(in SegmentHeader header)
    {
        byte[] bytes = new byte[SegmentHeader.Length];
        bytes.AsSpan().Fill(0xEE);
        header.Write(bytes);
        return bytes;
    }
}
