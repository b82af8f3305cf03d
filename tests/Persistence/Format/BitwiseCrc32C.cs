namespace FastCache.Tests.Persistence.Format;

/// <summary>The checksum as polynomials are divided by hand, a bit at a time.</summary>
internal static class BitwiseCrc32C
{
    private const uint Polynomial = 0x82F63B78;

    public static uint Compute(uint seed, ReadOnlySpan<byte> bytes)
    {
        uint remainder = ~seed;
        foreach (byte next in bytes)
        {
            remainder ^= next;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ Polynomial : remainder >> 1;
            }
        }

        return ~remainder;
    }
}
