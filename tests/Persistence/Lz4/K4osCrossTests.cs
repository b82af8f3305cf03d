using FastCache.Persistence;
using FastCache.Persistence.Lz4;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>Our codec and the package read each other's blocks. Part of builds with <c>-p:Lz4Provider=K4os</c> only.</summary>
public class K4osCrossTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 300), 1_000, 4_096, 65_535, 65_536, 65_537, 300_000];

    public static TheoryData<RawKind> Kinds => [.. RawBlocks.Kinds];

    [Fact]
    public void The_switch_makes_the_package_the_default() => Assert.IsType<K4osBlockCodec>(BlockCodecs.Default);

    [Fact]
    public void Both_have_one_name_in_the_header_of_a_block() => Assert.Equal(Lz4BlockCodec.Shared.Id, K4osBlockCodec.Shared.Id);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_package_reads_our_blocks(RawKind kind) => AssertReads(kind, Lz4BlockCodec.Shared, K4osBlockCodec.Shared);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void We_read_the_blocks_of_the_package(RawKind kind) => AssertReads(kind, K4osBlockCodec.Shared, Lz4BlockCodec.Shared);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_package_refuses_what_does_not_fit_and_other_lengths(RawKind kind)
    {
        foreach (int length in (int[])[1, 13, 300, 5_000])
        {
            byte[] raw = RawBlocks.Create(kind, length, seed: length);
            byte[] room = new byte[Lz4Format.MaxEncodedLength(length)];
            int full = K4osBlockCodec.Shared.Encode(raw, room);

            Assert.Equal(0, K4osBlockCodec.Shared.Encode(raw, room.AsSpan(0, full - 1)));
            Assert.False(K4osBlockCodec.Shared.TryDecode(room.AsSpan(0, full), new byte[length + 1]));
            Assert.False(K4osBlockCodec.Shared.TryDecode(room.AsSpan(0, full), new byte[length - 1]));
        }
    }

    private static void AssertReads(RawKind kind, IBlockCodec writer, IBlockCodec reader)
    {
        foreach (int length in Lengths)
        {
            byte[] raw = RawBlocks.Create(kind, length, seed: length);
            byte[] room = new byte[Lz4Format.MaxEncodedLength(length)];
            int encoded = writer.Encode(raw, room);
            Assert.NotEqual(0, encoded);

            byte[] decoded = new byte[length];
            Assert.True(reader.TryDecode(room.AsSpan(0, encoded), decoded), $"{kind} of {length}");
            Assert.True(raw.AsSpan().SequenceEqual(decoded), $"{kind} of {length}");
        }
    }
}
