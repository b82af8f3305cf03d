using FastCache.Bench.Workloads;
using FastCache.Persistence.Lz4;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>What was encoded is decoded by our two decoders and by the oracle.</summary>
public class Lz4RoundTripTests
{
    private const int Kilobyte = 1024;

    public static TheoryData<RawKind> Kinds => [.. RawBlocks.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_small_block_comes_back(RawKind kind)
    {
        for (int length = 0; length <= 300; length++)
        {
            for (int seed = 0; seed < 4; seed++)
            {
                AssertComesBack(RawBlocks.Create(kind, length, seed));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Blocks_of_random_lengths_come_back(RawKind kind)
    {
        SplitMix64 random = new(seed: 1);
        for (int i = 0; i < 200; i++)
        {
            AssertComesBack(RawBlocks.Create(kind, (int)random.NextBelow(20 * Kilobyte), seed: i));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Blocks_around_the_lengths_at_which_the_encoder_changes_come_back(RawKind kind)
    {
        int[] lengths = [(64 * Kilobyte) - 1, 64 * Kilobyte, (64 * Kilobyte) + 1, 128 * Kilobyte, (200 * Kilobyte) + 7, 1024 * Kilobyte];
        foreach (int length in lengths)
        {
            AssertComesBack(RawBlocks.Create(kind, length, seed: length));
        }

        for (int power = 1; power < 17; power++)
        {
            AssertComesBack(RawBlocks.Create(kind, (1 << power) - 1, seed: power));
            AssertComesBack(RawBlocks.Create(kind, 1 << power, seed: power));
        }
    }

    [Fact]
    public void Patterns_of_every_period_come_back()
    {
        for (int period = 1; period <= 40; period++)
        {
            for (int length = period; length <= period + 200; length++)
            {
                AssertComesBack(RawBlocks.CreatePattern(length, period, seed: period));
            }
        }
    }

    [Fact]
    public void A_repetition_is_found_at_the_greatest_offset_and_not_beyond()
    {
        byte[] piece = RawBlocks.Create(RawKind.Random, 1000, seed: 1);
        foreach (int distance in (int[])[65_534, 65_535, 65_536, 65_537])
        {
            // Zeros in between put few positions into the table, so that the piece's are still there.
            byte[] raw = [.. piece, .. new byte[distance - piece.Length], .. piece, .. new byte[20]];

            byte[] encoded = AssertComesBack(raw);

            bool found = Sequence.ReadAll(encoded).Exists(sequence => sequence.Offset == distance && sequence.Match > 900);
            Assert.Equal(distance <= ushort.MaxValue, found);
        }
    }

    [Fact]
    public void The_end_of_a_block_is_as_the_format_demands()
    {
        foreach (RawKind kind in RawBlocks.Kinds)
        {
            for (int length = 0; length < 400; length++)
            {
                byte[] raw = RawBlocks.Create(kind, length, seed: length);

                List<Sequence> sequences = Sequence.ReadAll(Encode(raw));

                Sequence last = sequences[^1];
                Assert.Equal(0, last.Match);
                Assert.True(last.Literals >= Math.Min(length, 5), $"{kind} of {length}: {last.Literals} literals at the end");
                if (sequences.Count > 1)
                {
                    int afterLastMatch = last.Literals + sequences[^2].Match;
                    Assert.True(afterLastMatch >= 12, $"{kind} of {length}: last match {afterLastMatch} before the end");
                }
            }
        }
    }

    [Fact]
    public void What_no_encoder_writes_is_read()
    {
        SplitMix64 random = new(seed: 2);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] encoded = EncodedBlocks.Create((int)random.NextBelow(40), ref random);
            byte[] expected = new byte[EncodedBlocks.RawLength(encoded)];
            Assert.True(OracleDecoder.TryDecode(encoded, expected));

            AssertDecodes(encoded, expected);
        }
    }

    [Fact]
    public void Only_the_exact_length_is_accepted()
    {
        foreach (int length in (int[])[1, 12, 13, 100, 1_000, 10_000])
        {
            foreach (RawKind kind in RawBlocks.Kinds)
            {
                byte[] encoded = Encode(RawBlocks.Create(kind, length, seed: 3));
                foreach (int other in (int[])[0, 1, length - 1, length + 1, length * 2])
                {
                    if (other != length)
                    {
                        Assert.False(Lz4BlockCodec.Shared.TryDecode(encoded, new byte[other]));
                        Assert.False(Lz4SafeDecoder.TryDecode(encoded, new byte[other]));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(RawKind.Json, 0.52)]
    [InlineData(RawKind.Text, 0.40)]
    [InlineData(RawKind.Zeros, 0.005)]
    [InlineData(RawKind.Random, 1.004)]
    public void Sixty_four_kilobytes_take_no_more_than_this_share(RawKind kind, double share)
    {
        byte[] raw = RawBlocks.Create(kind, 64 * Kilobyte, seed: 4);

        Assert.InRange(Encode(raw).Length, 1, share * raw.Length);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        byte[] raw = RawBlocks.Create(RawKind.Json, 64 * Kilobyte, seed: 5);
        byte[] encoded = new byte[raw.Length];
        byte[] decoded = new byte[raw.Length];

        // Once before, for what types allocate when they are first used.
        for (int i = 0; i < 2; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int length = Lz4BlockCodec.Shared.Encode(raw, encoded);
            bool decodes = Lz4BlockCodec.Shared.TryDecode(encoded.AsSpan(0, length), decoded);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(decodes);
            Assert.True(i == 0 || allocated == 0, $"{allocated} bytes");
        }
    }

    private static byte[] Encode(byte[] raw)
    {
        byte[] encoded = new byte[Lz4Format.MaxEncodedLength(raw.Length)];
        int length = Lz4BlockCodec.Shared.Encode(raw, encoded);
        Assert.NotEqual(0, length);
        return encoded[..length];
    }

    private static byte[] AssertComesBack(byte[] raw)
    {
        byte[] encoded = Encode(raw);
        byte[] decoded = new byte[raw.Length];
        Assert.True(OracleDecoder.TryDecode(encoded, decoded));
        Assert.True(raw.AsSpan().SequenceEqual(decoded));
        AssertDecodes(encoded, raw);
        return encoded;
    }

    private static void AssertDecodes(byte[] encoded, byte[] raw)
    {
        byte[] decoded = new byte[raw.Length];
        Assert.True(Lz4BlockCodec.Shared.TryDecode(encoded, decoded));
        Assert.True(raw.AsSpan().SequenceEqual(decoded));

        decoded.AsSpan().Clear();
        Assert.True(Lz4SafeDecoder.TryDecode(encoded, decoded));
        Assert.True(raw.AsSpan().SequenceEqual(decoded));
    }
}
