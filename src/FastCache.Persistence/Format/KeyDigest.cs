using System.Buffers.Binary;

namespace FastCache.Persistence.Format;

/// <summary>
/// The name of a key in the log: 64 bits of its bytes. The same for ever and on every machine, unlike the cache's own hash of the key.
/// </summary>
/// <remarks>
/// Two keys with one digest cost one of them its place after a restart and nothing else: recovery believes that the older one was
/// overwritten. A value is returned only for the key that it was put for.
/// </remarks>
internal static class KeyDigest
{
    // Digits of the golden ratio, of pi and of e: odd, and with bits all over.
    private const ulong Factor0 = 0x9E37_79B9_7F4A_7C15;
    private const ulong Factor1 = 0x2436_8A88_5A30_8D31;
    private const ulong Factor2 = 0xB7E1_5162_8AED_2A6B;

    /// <summary>O(n), no allocation.</summary>
    public static ulong Of(ReadOnlySpan<byte> key)
    {
        ulong length = (ulong)key.Length;
        ulong state = Factor0 ^ length;
        while (key.Length > 16)
        {
            state = Fold(
                BinaryPrimitives.ReadUInt64LittleEndian(key) ^ Factor1,
                BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) ^ state);
            key = key[16..];
        }

        ulong low;
        ulong high = 0;
        if (key.Length >= 8)
        {
            // They overlap where there are fewer than 16; the length tells them apart.
            low = BinaryPrimitives.ReadUInt64LittleEndian(key);
            high = BinaryPrimitives.ReadUInt64LittleEndian(key[^8..]);
        }
        else if (key.Length >= 4)
        {
            low = BinaryPrimitives.ReadUInt32LittleEndian(key);
            high = BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]);
        }
        else
        {
            low = key.Length == 0 ? 0 : key[0] | ((ulong)key[key.Length / 2] << 8) | ((ulong)key[^1] << 16);
        }

        state = Fold(low ^ Factor1, high ^ state);
        return Fold(state ^ Factor2, length ^ Factor1);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
