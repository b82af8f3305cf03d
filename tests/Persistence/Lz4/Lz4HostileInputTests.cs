using FastCache.Bench.Workloads;
using FastCache.Persistence.Lz4;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>
/// Mutated blocks, in memory between guard pages: no access outside, and the oracle's answer. FASTCACHE_LZ4_FUZZ sets their number,
/// FASTCACHE_LZ4_SEED where the numbers begin.
/// </summary>
public class Lz4HostileInputTests(ITestOutputHelper output)
{
    private const int MaxLength = 1 << 16;
    private const int DefaultInputs = 300_000;

    [Fact]
    public void Mutated_blocks_are_refused_or_decoded_as_the_oracle_does_and_nothing_outside_is_touched()
    {
        GuardedMemory.SkipWhereThereIsNone();
        long inputs = Switch.Number("FASTCACHE_LZ4_FUZZ", DefaultInputs);
        long seed = Switch.Number("FASTCACHE_LZ4_SEED", 1);
        output.WriteLine($"seed {seed}, {inputs} inputs");

        // Should the process not survive, this is what is left of it.
        Console.Error.WriteLine($"LZ4 inputs from seed {seed}");

        using GuardedMemory input = new(MaxLength);
        using GuardedMemory fast = new(MaxLength);
        using GuardedMemory safe = new(MaxLength);
        byte[] expected = new byte[MaxLength];
        List<byte[]> valid = CreateValid(seed);
        List<byte> block = [];
        int accepted = 0;
        for (long i = 0; i < inputs; i++)
        {
            // Each input has a seed of its own, so that one alone can be repeated.
            SplitMix64 random = new(SplitMix64.Scramble(seed + i));
            byte[] origin = valid[(int)random.NextBelow(valid.Count)];
            block.Clear();
            block.AddRange(origin);
            Mutation.Apply(block, valid, ref random);
            int length = RawLength(block, origin, expected, ref random);

            bool atEnd = random.NextBelow(2) == 0;
            Span<byte> encoded = atEnd ? input.AtEnd(block.Count) : input.AtStart(block.Count);
            block.CopyTo(encoded);
            Span<byte> raw = expected.AsSpan(0, length);
            Span<byte> fastRaw = random.NextBelow(2) == 0 ? fast.AtEnd(length) : fast.AtStart(length);
            Span<byte> safeRaw = atEnd ? safe.AtEnd(length) : safe.AtStart(length);

            bool accepts = OracleDecoder.TryDecode(encoded, raw);
            bool fastAccepts = Lz4BlockCodec.Shared.TryDecode(encoded, fastRaw);
            bool safeAccepts = Lz4SafeDecoder.TryDecode(encoded, safeRaw);

            Assert.True(accepts == fastAccepts && accepts == safeAccepts, $"seed {seed + i}: {accepts}, but {fastAccepts} and {safeAccepts}");
            if (accepts)
            {
                accepted++;
                Assert.True(raw.SequenceEqual(fastRaw) && raw.SequenceEqual(safeRaw), $"seed {seed + i}: other bytes");
            }
        }

        output.WriteLine($"{accepted} of them decodable");
        Assert.InRange(accepted, inputs / 20, inputs);
    }

    [Theory]
    [InlineData("F0", 14, "0000000000000000000000000000")]
    [InlineData("1F610100", 1 + 14 + 4 + 5, "500000000000")]
    public void A_length_beyond_32_bits_is_refused(string beginning, int wrappedLength, string ending)
    {
        // 15 and 255 times this are 2 to the power of 32, and 14. To a decoder that counts in 32 bits the block is valid.
        const int Bytes = 16_843_009;
        byte[] encoded =
            [.. Convert.FromHexString(beginning), .. Enumerable.Repeat(byte.MaxValue, Bytes), 0, .. Convert.FromHexString(ending)];

        foreach (int length in (int[])[0, 1, wrappedLength, 1_000])
        {
            Assert.False(Lz4BlockCodec.Shared.TryDecode(encoded, new byte[length]));
            Assert.False(Lz4SafeDecoder.TryDecode(encoded, new byte[length]));
        }
    }

    [Theory]
    [InlineData("F0")]
    [InlineData("1F610100")]
    public void A_length_without_an_end_is_not_read_beyond_the_input(string beginning)
    {
        GuardedMemory.SkipWhereThereIsNone();
        using GuardedMemory input = new(MaxLength);
        using GuardedMemory raw = new(MaxLength);
        for (int before = 0; before < 3; before++)
        {
            for (int bytes = 0; bytes < 200; bytes++)
            {
                string sequences = string.Concat(Enumerable.Repeat("10610100", before)) + beginning;
                byte[] block = [.. Convert.FromHexString(sequences), .. Enumerable.Repeat(byte.MaxValue, bytes)];
                Span<byte> encoded = input.AtEnd(block.Length);
                block.CopyTo(encoded);

                Assert.False(Lz4BlockCodec.Shared.TryDecode(encoded, raw.AtEnd(MaxLength)));
                Assert.False(Lz4SafeDecoder.TryDecode(encoded, raw.AtEnd(MaxLength)));
            }
        }
    }

    private static List<byte[]> CreateValid(long seed)
    {
        SplitMix64 random = new(seed);
        List<byte[]> blocks = [];
        byte[] room = new byte[8_000];
        for (int i = 0; i < 300; i++)
        {
            RawKind kind = RawBlocks.Kinds[i % RawBlocks.Kinds.Length];
            byte[] raw = RawBlocks.Create(kind, 1 + (int)random.NextBelow(1L << (1 + (int)random.NextBelow(12))), (long)random.Next());
            blocks.Add(room[..Lz4BlockCodec.Shared.Encode(raw, room)]);
            blocks.Add(EncodedBlocks.Create((int)random.NextBelow(12), ref random));
        }

        return blocks;
    }

    /// <summary>
    /// Which length to ask for: most often the one that the block has if it has any, so that acceptance depends on nothing else.
    /// </summary>
    private static int RawLength(List<byte> block, byte[] origin, byte[] scratch, ref SplitMix64 random)
    {
        int exact = Math.Min(OracleDecoder.LengthOf([.. block], scratch), MaxLength);
        int length = random.NextBelow(8) switch
        {
            0 => EncodedBlocks.RawLength(origin),
            1 => exact + 1 - (int)random.NextBelow(3),
            2 => (int)random.NextBelow(exact + 1),
            3 => exact + (int)random.NextBelow(1_000),
            _ => exact,
        };
        return Math.Clamp(length, 0, MaxLength);
    }
}
