using FastCache.Bench.Workloads;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>Valid blocks that no encoder would write: any lengths, any offsets, matches right before the end.</summary>
internal static class EncodedBlocks
{
    /// <summary>Random sequences.</summary>
    public static byte[] Create(int sequences, ref SplitMix64 random)
    {
        List<byte> encoded = [];
        long written = 0;
        for (int i = 0; i < sequences; i++)
        {
            int literals = Length(ref random);
            if (written + literals == 0)
            {
                literals = 1;
            }

            written += literals;
            long offset = 1 + random.NextBelow(Math.Min(written, 1L << (1 + (int)random.NextBelow(16))));
            int match = 4 + Length(ref random);
            AddSequence(encoded, literals, (int)Math.Min(offset, ushort.MaxValue), match, ref random);
            written += match;
        }

        AddSequence(encoded, Length(ref random), offset: 0, match: 0, ref random);
        return [.. encoded];
    }

    /// <summary>The length of what a valid block holds.</summary>
    public static int RawLength(ReadOnlySpan<byte> encoded)
    {
        int length = 0;
        foreach (Sequence sequence in Sequence.ReadAll(encoded))
        {
            length += sequence.Literals + sequence.Match;
        }

        return length;
    }

    private static int Length(ref SplitMix64 random) => random.NextBelow(8) switch
    {
        0 => (int)random.NextBelow(1200),
        1 => 15 + (int)random.NextBelow(50),
        2 => 0,
        _ => (int)random.NextBelow(18),
    };

    private static void AddSequence(List<byte> encoded, int literals, int offset, int match, ref SplitMix64 random)
    {
        bool isLast = match == 0;
        encoded.Add((byte)((Math.Min(literals, 15) << 4) | (isLast ? 0 : Math.Min(match - 4, 15))));
        AddLength(encoded, literals);
        for (int i = 0; i < literals; i++)
        {
            encoded.Add((byte)random.Next());
        }

        if (!isLast)
        {
            encoded.Add((byte)offset);
            encoded.Add((byte)(offset >> 8));
            AddLength(encoded, match - 4);
        }
    }

    private static void AddLength(List<byte> encoded, int length)
    {
        if (length >= 15)
        {
            encoded.AddRange(Enumerable.Repeat((byte)255, (length - 15) / 255));
            encoded.Add((byte)((length - 15) % 255));
        }
    }
}
