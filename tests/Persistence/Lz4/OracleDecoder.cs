namespace FastCache.Tests.Persistence.Lz4;

/// <summary>The published block format read aloud, a byte at a time: too simple to be wrong in the same way as the product.</summary>
internal static class OracleDecoder
{
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw) =>
        TryDecode(encoded, raw, out int written) && written == raw.Length;

    /// <summary>The bytes that a block holds, or those before the first fault; as many as there is room for.</summary>
    public static int LengthOf(ReadOnlySpan<byte> encoded, Span<byte> room)
    {
        TryDecode(encoded, room, out int written);
        return written;
    }

    private static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw, out int written)
    {
        int read = 0;
        written = 0;
        while (read < encoded.Length)
        {
            byte token = encoded[read++];

            long literals = token / 16;
            if (literals == 15 && !TryAddLength(encoded, ref read, ref literals))
            {
                return false;
            }

            for (long i = 0; i < literals; i++)
            {
                if (read == encoded.Length || written == raw.Length)
                {
                    return false;
                }

                raw[written++] = encoded[read++];
            }

            if (read == encoded.Length)
            {
                return true;
            }

            if (encoded.Length - read < 2)
            {
                return false;
            }

            int offset = encoded[read] + (256 * encoded[read + 1]);
            read += 2;
            if (offset == 0 || offset > written)
            {
                return false;
            }

            long match = token % 16;
            if (match == 15 && !TryAddLength(encoded, ref read, ref match))
            {
                return false;
            }

            for (long i = 0; i < match + 4; i++)
            {
                if (written == raw.Length)
                {
                    return false;
                }

                raw[written] = raw[written - offset];
                written++;
            }
        }

        return false;
    }

    private static bool TryAddLength(ReadOnlySpan<byte> encoded, ref int read, ref long length)
    {
        while (read < encoded.Length)
        {
            byte more = encoded[read++];
            length += more;
            if (more != 255)
            {
                return true;
            }
        }

        return false;
    }
}
