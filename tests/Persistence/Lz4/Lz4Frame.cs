using System.Buffers.Binary;
using FastCache.Persistence;
using FastCache.Persistence.Lz4;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>
/// As much of the LZ4 frame format as it takes to exchange independent blocks with the command-line tool: magic number, descriptor
/// with its checksum, blocks with their sizes, end mark.
/// </summary>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204;
    private const uint StoredAsIs = 1u << 31;

    private const int Version = 1 << 6;
    private const int IndependentBlocks = 1 << 5;
    private const int BlockChecksums = 1 << 4;
    private const int ContentSize = 1 << 3;
    private const int ContentChecksum = 1 << 2;
    private const int DictionaryId = 1;

    public static byte[] Write(ReadOnlySpan<byte> raw, IBlockCodec codec)
    {
        const int SixtyFourKilobytes = 4;
        List<byte> frame = [.. Word(Magic)];
        ReadOnlySpan<byte> descriptor = [Version | IndependentBlocks, SixtyFourKilobytes << 4];
        frame.AddRange(descriptor);
        frame.Add(HeaderChecksum(descriptor));

        byte[] room = new byte[Lz4Format.MaxEncodedLength(MaxBlock(SixtyFourKilobytes))];
        while (!raw.IsEmpty)
        {
            ReadOnlySpan<byte> block = raw[..Math.Min(raw.Length, MaxBlock(SixtyFourKilobytes))];
            raw = raw[block.Length..];

            // The limit that a frame needs too: a block is not to grow.
            int length = codec.Encode(block, room.AsSpan(0, block.Length - 1));
            frame.AddRange(Word(length == 0 ? (uint)block.Length | StoredAsIs : (uint)length));
            frame.AddRange(length == 0 ? block : room.AsSpan(0, length));
        }

        frame.AddRange(Word(0));
        return [.. frame];
    }

    /// <param name="frame">Independent blocks, without a dictionary.</param>
    /// <param name="length">Of the content.</param>
    /// <param name="codec">Decodes each block.</param>
    public static byte[] Read(ReadOnlySpan<byte> frame, int length, IBlockCodec codec)
    {
        Assert.Equal(Magic, TakeWord(ref frame));
        int flags = frame[0];
        Assert.Equal(Version | IndependentBlocks, flags & (Version | IndependentBlocks | DictionaryId));
        int maxBlock = MaxBlock(frame[1] >> 4);
        int descriptor = 2 + ((flags & ContentSize) != 0 ? sizeof(long) : 0);
        Assert.Equal(HeaderChecksum(frame[..descriptor]), frame[descriptor]);
        frame = frame[(descriptor + 1)..];

        byte[] raw = new byte[length];
        int written = 0;
        for (uint size = TakeWord(ref frame); size != 0; size = TakeWord(ref frame))
        {
            ReadOnlySpan<byte> block = frame[..(int)(size & ~StoredAsIs)];
            Span<byte> target = raw.AsSpan(written, Math.Min(maxBlock, length - written));
            if ((size & StoredAsIs) != 0)
            {
                block.CopyTo(target);
            }
            else
            {
                Assert.True(codec.TryDecode(block, target), $"block at {written}");
            }

            written += target.Length;
            frame = frame[(block.Length + ((flags & BlockChecksums) != 0 ? sizeof(uint) : 0))..];
        }

        if ((flags & ContentChecksum) != 0)
        {
            Assert.Equal(XxHash32.Compute(raw), TakeWord(ref frame));
        }

        Assert.Equal(length, written);
        Assert.True(frame.IsEmpty);
        return raw;
    }

    private static int MaxBlock(int code) => 1 << (8 + (2 * code));

    private static byte HeaderChecksum(ReadOnlySpan<byte> descriptor) => (byte)(XxHash32.Compute(descriptor) >> 8);

    private static byte[] Word(uint word)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        return bytes;
    }

    private static uint TakeWord(ref ReadOnlySpan<byte> bytes)
    {
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        bytes = bytes[sizeof(uint)..];
        return word;
    }
}
