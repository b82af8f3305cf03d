using FastCache.Persistence.Lz4;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>Every limit of the output: the same block if it fits, 0 if not, and nothing touched outside.</summary>
public class Lz4OutputLimitTests
{
    private const int Canaries = 64;
    private const byte Canary = 0xA5;

    public static TheoryData<RawKind> Kinds => [.. RawBlocks.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_fits_or_is_refused_and_nothing_behind_it_changes(RawKind kind)
    {
        foreach (int length in (int[])[0, 1, 4, 5, 12, 13, 14, 15, 16, 20, 40, 270, 300, 700, 2_000])
        {
            byte[] raw = RawBlocks.Create(kind, length, seed: length);
            AssertEveryLimit(raw, limits => limits);
        }

        byte[] large = RawBlocks.Create(kind, 70_000, seed: 7);
        AssertEveryLimit(large, static limits => limits.Where(static limit => limit % 997 == 0).Concat(limits.TakeLast(60)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Input_and_output_are_not_left_at_either_end(RawKind kind)
    {
        GuardedMemory.SkipWhereThereIsNone();
        using GuardedMemory input = new(70_000);
        using GuardedMemory output = new(80_000);
        foreach (int length in (int[])[.. Enumerable.Range(0, 200), 1_000, 5_000, 65_536, 70_000])
        {
            byte[] raw = RawBlocks.Create(kind, length, seed: length);
            raw.CopyTo(input.AtStart(length));
            int encoded = Lz4BlockCodec.Shared.Encode(input.AtStart(length), output.AtStart(80_000));
            byte[] expected = output.AtStart(encoded).ToArray();

            raw.CopyTo(input.AtEnd(length));
            foreach (int missing in (int[])[0, 1, 2, 3, 20, expected.Length / 2])
            {
                int limit = Math.Max(0, expected.Length - missing);
                int written = Lz4BlockCodec.Shared.Encode(input.AtEnd(length), output.AtEnd(limit));

                Assert.Equal(missing == 0 ? limit : 0, written);
                Assert.True(missing != 0 || expected.AsSpan().SequenceEqual(output.AtEnd(limit)));
            }
        }
    }

    [Fact]
    public void A_match_right_after_another_near_the_end_is_encoded_from_within_the_input()
    {
        GuardedMemory.SkipWhereThereIsNone();
        using GuardedMemory input = new(1_000);
        byte[] random = RawBlocks.Create(RawKind.Random, 200, seed: 8);
        byte[] first = random[..20];
        byte[] second = random[20..28];
        for (int literals = 0; literals < 4; literals++)
        {
            for (int after = 12; after < 24; after++)
            {
                byte[] between = random[30..(30 + literals)];
                byte[] raw = [.. second, .. random[40..60], .. first, .. random[60..80], .. first, .. between, .. second, .. random[80..(72 + after)]];
                Span<byte> atEnd = input.AtEnd(raw.Length);
                raw.CopyTo(atEnd);
                byte[] encoded = new byte[raw.Length];

                int length = Lz4BlockCodec.Shared.Encode(atEnd, encoded);

                byte[] decoded = new byte[raw.Length];
                Assert.True(OracleDecoder.TryDecode(encoded.AsSpan(0, length), decoded));
                Assert.Equal(raw, decoded);
                Assert.Equal(3, Sequence.ReadAll(encoded.AsSpan(0, length)).Count);
            }
        }
    }

    private static void AssertEveryLimit(byte[] raw, Func<IEnumerable<int>, IEnumerable<int>> choose)
    {
        byte[] room = new byte[Lz4Format.MaxEncodedLength(raw.Length)];
        byte[] full = room[..Lz4BlockCodec.Shared.Encode(raw, room)];
        byte[] buffer = new byte[full.Length + 40 + Canaries];
        foreach (int limit in choose(Enumerable.Range(0, full.Length + 40)))
        {
            buffer.AsSpan(limit, Canaries).Fill(Canary);

            int written = Lz4BlockCodec.Shared.Encode(raw, buffer.AsSpan(0, limit));

            Assert.Equal(limit >= full.Length ? full.Length : 0, written);
            Assert.True(written == 0 || full.AsSpan().SequenceEqual(buffer.AsSpan(0, written)));
            Assert.False(buffer.AsSpan(limit, Canaries).ContainsAnyExcept(Canary));
        }
    }
}
