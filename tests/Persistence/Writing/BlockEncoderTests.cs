using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Lz4;
using FastCache.Persistence.Writing;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class BlockEncoderTests
{
    private const uint Salt = 99;
    private const long Offset = 4096;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_block_that_the_codec_cannot_encode_is_stored_as_it_is(int answer)
        => AssertStoredRaw(new ScriptedCodec { Encoder = (_, _) => answer });

    [Fact]
    public void A_codec_that_throws_costs_the_compression_and_nothing_else()
        => AssertStoredRaw(new ScriptedCodec { Encoder = static (_, _) => throw new InvalidOperationException() });

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void A_length_beyond_the_room_that_a_codec_was_given_is_not_believed(int beyond)
        => AssertStoredRaw(new ScriptedCodec { Encoder = (_, room) => (int)Math.Min(int.MaxValue, (long)room + beyond) });

    [Fact]
    public void What_saves_less_than_a_sixteenth_is_not_worth_decoding()
    {
        int offered = 0;
        using var encoder = new BlockEncoder(new ScriptedCodec
        {
            Encoder = (_, room) =>
            {
                offered = room;
                return room;
            },
        });

        int stored = encoder.Add(Block(length: 160), Salt, Offset, durableSequence: 1, utcTicks: 2);

        Assert.Equal(150, offered);
        Assert.Equal(150, stored);
    }

    [Fact]
    public void Blocks_lie_one_behind_the_other_each_readable_where_it_lies()
    {
        using var encoder = new BlockEncoder(BlockCodecs.Default);
        int[] lengths = [3, 200, 70_000, 64, 300_000, 1];
        var ends = new List<int>();
        foreach (int length in lengths)
        {
            encoder.Add(Block(length), Salt, Offset + encoder.Length, durableSequence: 8, utcTicks: 77);
            ends.Add(encoder.Length);
        }

        int at = 0;
        for (int index = 0; index < lengths.Length; index++)
        {
            ReadOnlySpan<byte> bytes = encoder.Encoded[at..ends[index]];
            Assert.Equal(0, bytes.Length % LogFormat.Alignment);
            Assert.True(BlockHeader.TryRead(bytes[..BlockHeader.Length], Salt, Offset + at, out BlockHeader header));
            Assert.Equal((lengths[index], 8u, 77), (header.RawLength, header.DurableSequence, header.UtcTicks));
            byte[] raw = new byte[header.RawLength];
            ReadOnlySpan<byte> stored = bytes.Slice(BlockHeader.Length, header.StoredLength);
            Assert.True(header.Codec == 0 ? stored.TryCopyTo(raw) : BlockCodecs.Default.TryDecode(stored, raw));
            Assert.Equal(Block(lengths[index]).Content, raw);
            Assert.Equal(-1, bytes[(BlockHeader.Length + header.StoredLength)..].IndexOfAnyExcept((byte)0));
            at = ends[index];
        }

        encoder.Clear();
        Assert.Equal(0, encoder.Length);
    }

    private static void AssertStoredRaw(IBlockCodec codec)
    {
        using var encoder = new BlockEncoder(codec);
        StagedBlock block = Block(length: 200);

        Assert.Equal(200, encoder.Add(block, Salt, Offset, durableSequence: 1, utcTicks: 2));

        Assert.True(BlockHeader.TryRead(encoder.Encoded[..BlockHeader.Length], Salt, Offset, out BlockHeader header));
        Assert.Equal((0, 200, 200), (header.Codec, header.StoredLength, header.RawLength));
        Assert.Equal(block.Content, encoder.Encoded.Slice(BlockHeader.Length, 200));
    }

    private static StagedBlock Block(int length)
    {
        var block = new StagedBlock(length);
        block.Begin(1);
        Span<byte> record = block.Add(length);
        for (int at = 0; at < length; at++)
        {
            record[at] = (byte)(at / 5);
        }

        return block;
    }
}
