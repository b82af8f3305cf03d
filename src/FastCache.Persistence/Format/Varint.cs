namespace FastCache.Persistence.Format;

/// <summary>Numbers of seven bits a byte, the lowest first; all bytes but the last have the high bit set (LEB128).</summary>
internal static class Varint
{
    /// <summary>The most bytes that 32 bits take.</summary>
    public const int MaxLength32 = 5;

    /// <summary>Writes a number; how many bytes it takes.</summary>
    public static int Write(Span<byte> destination, uint number)
    {
        int length = 0;
        while (number >= 0x80)
        {
            destination[length++] = (byte)(number | 0x80);
            number >>= 7;
        }

        destination[length++] = (byte)number;
        return length;
    }

    /// <summary>Reads a number; false if there is none, or one of more than 32 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out uint number)
    {
        number = 0;
        for (int shift = 0; shift < 35 && (uint)position < (uint)source.Length; shift += 7)
        {
            byte part = source[position++];
            if (shift == 28 && part > 0x0F)
            {
                return false;
            }

            number |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
