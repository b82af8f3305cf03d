namespace FastCache.Tests.Persistence.Format;

/// <summary>Single bits of a few bytes.</summary>
internal static class Bits
{
    /// <summary>Changes each bit in turn, and back after the call.</summary>
    public static void ForEachFlipped(byte[] bytes, Action<int> whileFlipped)
    {
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            whileFlipped(bit);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
