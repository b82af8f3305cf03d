using System.Buffers.Binary;
using FastCache.Persistence.Format;
using FastCache.Persistence.Lz4;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class BlockHeaderTests
{
    private const uint Salt = 0xC0FF_EE01;
    private const long Offset = 4096 + 64;

    private static readonly BlockHeader Sample = new()
    {
        Kind = (BlockKind)0x81,
        Codec = 0x82,
        RecordCount = 0x83,
        StoredLength = 0x0101,
        RawLength = 0x0202,
        StoredCrc = 0x0303_0304,
        RawCrc = 0x0404_0405,
        FirstSequence = 0x0505_0506,
        DurableSequence = 0x0606_0607,
        UtcTicks = 0x0707_0708,
    };

    [Fact]
    public void Every_header_is_read_as_it_was_written()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(HeaderFields.BlockHeaders, static header =>
        {
            Assert.True(BlockHeader.TryRead(Written(header), Salt, Offset, out BlockHeader read));
            Assert.Equal(header, read);
        }));

    [Fact]
    public void Each_field_is_where_the_format_says()
    {
        byte[] bytes = Written(Sample);

        Assert.Equal("FBLK"u8, bytes.AsSpan(0, 4));
        Assert.Equal([0x81, 0x82, 0, 0], bytes[8..12]);
        uint[] halves = [.. Enumerable.Range(0, 5).Select(half => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12 + (4 * half))))];
        Assert.Equal([0x83, 0x0101, 0x0202, 0x0303_0304, 0x0404_0405], halves);
        ulong[] words = [.. Enumerable.Range(0, 4).Select(word => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(32 + (8 * word))))];
        Assert.Equal([0x0505_0506, 0x0606_0607, 0x0707_0708, 0], words);
        Assert.Equal(
            BitwiseCrc32C.Compute(Salt ^ (uint)(Offset / 64), bytes.AsSpan(8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
    }

    [Fact]
    public void A_header_with_any_bit_changed_is_refused()
    {
        byte[] bytes = Written(Sample);
        Bits.ForEachFlipped(bytes, bit => Assert.False(BlockHeader.TryRead(bytes, Salt, Offset, out _), $"bit {bit}"));
    }

    [Fact]
    public void A_header_of_another_place_is_refused()
    {
        byte[] bytes = Written(Sample);
        for (long place = 0; place < 1 << 20; place += LogFormat.Alignment)
        {
            Assert.Equal(place == Offset, BlockHeader.TryRead(bytes, Salt, place, out _));
        }
    }

    [Fact]
    public void A_header_with_another_salt_is_refused()
    {
        byte[] bytes = Written(Sample);
        for (int bit = 0; bit < 32; bit++)
        {
            Assert.False(BlockHeader.TryRead(bytes, Salt ^ (1u << bit), Offset, out _));
        }
    }

    [Fact]
    public void A_part_of_a_header_is_refused()
    {
        byte[] bytes = Written(Sample);
        for (int length = 0; length < BlockHeader.Length; length++)
        {
            Assert.False(BlockHeader.TryRead(bytes.AsSpan(0, length), Salt, Offset, out _), $"{length} bytes");
        }
    }

    /// <summary>With a valid checksum: nobody may reserve memory for what cannot be.</summary>
    [Fact]
    public void Lengths_and_counts_that_no_writer_writes_are_refused()
    {
        AssertRefused(Sample with { StoredLength = -1 });
        AssertRefused(Sample with { RawLength = -1 });
        AssertRefused(Sample with { StoredLength = Sample.RawLength + 1 });
        AssertRefused(Sample with { RawLength = LogFormat.MaxRawLength + 1, StoredLength = LogFormat.MaxRawLength });
        AssertRefused(Sample with { RecordCount = (uint)Sample.RawLength + 1 });
        AssertRefused(Sample with { RecordCount = 2, FirstSequence = ulong.MaxValue - 1 });
        AssertRefused(Sample with { Codec = BlockCodecs.Lz4Id, StoredLength = 4, RawLength = (4 * 255) + 64 + 1 });
        AssertRead(Sample with { Codec = BlockCodecs.Lz4Id, StoredLength = 4, RawLength = 4 * 255 });
    }

    [Fact]
    public void How_much_a_codec_of_the_applications_own_compresses_is_its_affair()
    {
        AssertRead(Sample with { Codec = 128, StoredLength = 4, RawLength = 1 << 20 });
        AssertRead(Sample with { Codec = 255, StoredLength = 1, RawLength = LogFormat.MaxRawLength });
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 128)]
    [InlineData(64, 128)]
    [InlineData(65, 192)]
    [InlineData(LogFormat.MaxRawLength, 64L + LogFormat.MaxRawLength)]
    public void A_block_takes_whole_lines_of_64_bytes(int stored, long total)
        => Assert.Equal(total, (Sample with { StoredLength = stored, RawLength = stored }).TotalLength);

    private static void AssertRead(in BlockHeader header) => Assert.True(BlockHeader.TryRead(Written(header), Salt, Offset, out _));

    private static void AssertRefused(in BlockHeader header) => Assert.False(BlockHeader.TryRead(Written(header), Salt, Offset, out _));

    private static byte[] Written(in BlockHeader header)
    {
        byte[] bytes = new byte[BlockHeader.Length];
        bytes.AsSpan().Fill(0xEE);
        header.Write(bytes, Salt, Offset);
        return bytes;
    }
}
