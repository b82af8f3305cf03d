using System.Buffers.Binary;

namespace FastCache.Persistence.Lz4;

/// <summary>
/// Decodes with spans alone: the ends of blocks, whatever is odd about a block, and all blocks where <see cref="Lz4Decoder"/> has no
/// faster way.
/// </summary>
internal static class Lz4SafeDecoder
{
    /// <summary>Decodes the sequences from <paramref name="read"/> on to <paramref name="written"/>. O(n).</summary>
    /// <returns>Whether the block ended as it has to, with <paramref name="raw"/> full.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw, int read = 0, int written = 0)
    {
        while (read < encoded.Length)
        {
            int token = encoded[read++];
            int literals = token >> Lz4Format.LengthBits;
            if (!TryReadLength(encoded, ref read, ref literals, raw.Length - written) || literals > encoded.Length - read)
            {
                return false;
            }

            encoded.Slice(read, literals).CopyTo(raw[written..]);
            read += literals;
            written += literals;
            if (read == encoded.Length)
            {
                return written == raw.Length;
            }

            if (!BinaryPrimitives.TryReadUInt16LittleEndian(encoded[read..], out ushort offset) || offset == 0 || offset > written)
            {
                return false;
            }

            read += sizeof(ushort);
            int match = token & Lz4Format.LengthMask;
            if (!TryReadLength(encoded, ref read, ref match, raw.Length - written - Lz4Format.MinMatch))
            {
                return false;
            }

            match += Lz4Format.MinMatch;
            CopyMatch(raw, written, offset, match);
            written += match;
        }

        return false;
    }

    /// <summary>Completes a token's length, unless it is above <paramref name="room"/>; so the sum cannot overflow.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> encoded, ref int read, ref int length, int room)
    {
        if (length == Lz4Format.LengthMask)
        {
            byte more;
            do
            {
                if (read == encoded.Length || length > room)
                {
                    return false;
                }

                more = encoded[read++];
                length += more;
            }
            while (more == byte.MaxValue);
        }

        return length <= room;
    }

    /// <summary>What is copied may be part of the match itself: it then repeats with a period of <paramref name="offset"/>.</summary>
    private static void CopyMatch(Span<byte> raw, int written, int offset, int length)
    {
        int start = written - offset;
        for (int end = written + length; written < end;)
        {
            // Twice as much at every turn; what there is from the start on is always a multiple of the period.
            int chunk = Math.Min(written - start, end - written);
            raw.Slice(start, chunk).CopyTo(raw[written..]);
            written += chunk;
        }
    }
}
