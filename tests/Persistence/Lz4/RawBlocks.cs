using FastCache.Bench.Workloads;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>Bytes of every kind to compress; the same for the same seed.</summary>
internal static class RawBlocks
{
    private static readonly string[] Words = ["the", "cache", "may", "have", "forgotten", "but", "it", "never", "answers", "wrong", "or", "stale"];

    public static readonly RawKind[] Kinds = Enum.GetValues<RawKind>();

    public static byte[] Create(RawKind kind, int length, long seed)
    {
        SplitMix64 random = new(seed);
        byte[] bytes = kind == RawKind.Json ? JsonRecords.Create(length, seed) : new byte[length];
        switch (kind)
        {
            case RawKind.Pattern:
                FillPattern(bytes, 1 + (int)random.NextBelow(40), ref random);
                break;
            case RawKind.Text:
                FillText(bytes, ref random);
                break;
            case RawKind.FewLetters:
                Fill(bytes, 4, ref random);
                break;
            case RawKind.Random:
                Fill(bytes, 256, ref random);
                break;
            case RawKind.Mixture:
                FillMixture(bytes, ref random);
                break;
        }

        return bytes;
    }

    public static byte[] CreatePattern(int length, int period, long seed)
    {
        byte[] bytes = new byte[length];
        SplitMix64 random = new(seed);
        FillPattern(bytes, period, ref random);
        return bytes;
    }

    private static void FillPattern(Span<byte> bytes, int period, ref SplitMix64 random)
    {
        Fill(bytes[..Math.Min(period, bytes.Length)], 256, ref random);
        for (int i = period; i < bytes.Length; i++)
        {
            bytes[i] = bytes[i - period];
        }
    }

    private static void FillText(Span<byte> bytes, ref SplitMix64 random)
    {
        for (int written = 0; written < bytes.Length; written++)
        {
            foreach (char letter in Words[random.NextBelow(Words.Length)])
            {
                if (written < bytes.Length)
                {
                    bytes[written++] = (byte)letter;
                }
            }

            if (written < bytes.Length)
            {
                bytes[written] = (byte)' ';
            }
        }
    }

    private static void Fill(Span<byte> bytes, int letters, ref SplitMix64 random)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.NextBelow(letters);
        }
    }

    private static void FillMixture(Span<byte> bytes, ref SplitMix64 random)
    {
        for (int written = 0; written < bytes.Length;)
        {
            int piece = (int)Math.Min(bytes.Length - written, 1 + random.NextBelow(1L << (int)random.NextBelow(12)));
            if (written > 0 && random.NextBelow(2) == 0)
            {
                // Byte by byte: the copy may overlap itself.
                int distance = 1 + (int)random.NextBelow(written);
                for (int i = 0; i < piece; i++)
                {
                    bytes[written + i] = bytes[written + i - distance];
                }
            }
            else
            {
                RawKind kind = Kinds[random.NextBelow((int)RawKind.Mixture)];
                Create(kind, piece, (long)random.Next()).CopyTo(bytes[written..]);
            }

            written += piece;
        }
    }
}
