namespace FastCache.Persistence.Lz4;

/// <summary>
/// What the published LZ4 block format fixes. A block is a row of sequences: a token with two lengths of four bits each, the rest of
/// the first length, that many literals, an offset of two bytes, the rest of the second length. A sequence says: take the literals,
/// then copy a match of so many bytes from so far back. The last one ends after its literals.
/// </summary>
internal static class Lz4Format
{
    /// <summary>Bytes of the shortest match; the token counts from here.</summary>
    public const int MinMatch = 4;

    /// <summary>The length in a token that says: bytes follow which are to be added, up to the first that is not 255.</summary>
    public const int LengthMask = 15;

    /// <summary>Bits of the length of a match in a token; that of the literals is above.</summary>
    public const int LengthBits = 4;

    /// <summary>How far back a match may begin.</summary>
    public const int MaxOffset = ushort.MaxValue;

    /// <summary>An encoder's duty: so many bytes at the end are literals.</summary>
    public const int LastLiterals = 5;

    /// <summary>An encoder's duty: the last match begins at least so many bytes before the end.</summary>
    public const int LastMatchDistance = 12;

    /// <summary>The most that <paramref name="length"/> bytes can become: one sequence of literals.</summary>
    public static long MaxEncodedLength(int length) => 1 + LengthBytes(length) + (long)length;

    /// <summary>Bytes that a length takes besides its four bits in the token.</summary>
    public static int LengthBytes(int length) => length < LengthMask ? 0 : ((length - LengthMask) / byte.MaxValue) + 1;
}
