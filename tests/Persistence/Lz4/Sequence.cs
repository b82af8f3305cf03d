namespace FastCache.Tests.Persistence.Lz4;

/// <summary>A sequence of a valid block: its literals, then its match, both 0 bytes long at least; only the last has no match.</summary>
internal readonly record struct Sequence(int Literals, int Offset, int Match)
{
    public static List<Sequence> ReadAll(ReadOnlySpan<byte> encoded)
    {
        List<Sequence> sequences = [];
        for (int read = 0; read < encoded.Length;)
        {
            byte token = encoded[read++];
            int literals = ReadLength(encoded, ref read, token >> 4);
            read += literals;
            if (read == encoded.Length)
            {
                sequences.Add(new Sequence(literals, Offset: 0, Match: 0));
                break;
            }

            int offset = encoded[read] | (encoded[read + 1] << 8);
            read += 2;
            sequences.Add(new Sequence(literals, offset, 4 + ReadLength(encoded, ref read, token & 15)));
        }

        return sequences;
    }

    private static int ReadLength(ReadOnlySpan<byte> encoded, ref int read, int length)
    {
        if (length == 15)
        {
            int more;
            do
            {
                more = encoded[read++];
                length += more;
            }
            while (more == 255);
        }

        return length;
    }
}
