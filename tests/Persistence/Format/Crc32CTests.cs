using FastCache.Bench.Workloads;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Lz4;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public class Crc32CTests
{
    /// <summary>Hexadecimal bytes and their checksum, from RFC 3720, appendix B.4.</summary>
    public static TheoryData<string, uint> Vectors => new()
    {
        { new string('0', 64), 0x8A9136AA },
        { new string('F', 64), 0x62A8AB43 },
        { Convert.ToHexString([.. Enumerable.Range(0, 32).Select(static i => (byte)i)]), 0x46DD794E },
        { Convert.ToHexString([.. Enumerable.Range(0, 32).Select(static i => (byte)(31 - i))]), 0x113FDB5C },
        { "01C000000000000000000000000000001400000000000400000000140000001828000000000000000200000000000000", 0xD9963A56 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_vectors_of_the_standard_hold(string hex, uint checksum) =>
        Assert.Equal(checksum, Crc32C.Compute(0, Convert.FromHexString(hex)));

    [Fact]
    public void The_check_value_holds() => Assert.Equal(0xE3069283, Crc32C.Compute(0, "123456789"u8));

    [Fact]
    public void Of_nothing_it_is_the_seed()
    {
        Assert.Equal(0u, Crc32C.Compute(0, []));
        Assert.Equal(77u, Crc32C.Compute(77, []));
    }

    [Fact]
    public void Every_length_and_alignment_is_as_by_hand()
    {
        byte[] bytes = RawBlocks.Create(RawKind.Random, 5_000, seed: 1);
        for (int length = 0; length < 700; length++)
        {
            for (int start = 0; start < 9; start++)
            {
                AssertAsByHand(seed: (uint)length, bytes.AsSpan(start, length));
            }
        }

        for (int length = 700; length < 4_900; length++)
        {
            AssertAsByHand(seed: 0, bytes.AsSpan(length % 9, length));
        }
    }

    [Fact]
    public void Long_inputs_of_any_length_are_as_by_hand()
    {
        byte[] bytes = RawBlocks.Create(RawKind.Random, 1 << 20, seed: 2);
        AssertAsByHand(seed: 1, bytes);

        SplitMix64 random = new(seed: 3);
        for (int i = 0; i < 100; i++)
        {
            int start = (int)random.NextBelow(16);
            AssertAsByHand((uint)random.Next(), bytes.AsSpan(start, (int)random.NextBelow(100_000)));
        }
    }

    [Fact]
    public void Of_two_parts_it_is_that_of_the_second_with_the_first_as_seed()
    {
        byte[] bytes = RawBlocks.Create(RawKind.Random, 20_000, seed: 4);
        uint whole = Crc32C.Compute(99, bytes);
        for (int split = 0; split <= bytes.Length; split++)
        {
            Assert.Equal(whole, Crc32C.Compute(Crc32C.Compute(99, bytes.AsSpan(0, split)), bytes.AsSpan(split)));
        }
    }

    [Fact]
    public void A_changed_bit_changes_it()
    {
        byte[] bytes = RawBlocks.Create(RawKind.Random, 3_000, seed: 5);
        uint before = Crc32C.Compute(0, bytes);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(before, Crc32C.Compute(0, bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static void AssertAsByHand(uint seed, ReadOnlySpan<byte> bytes) =>
        Assert.Equal(BitwiseCrc32C.Compute(seed, bytes), Crc32C.Compute(seed, bytes));
}
