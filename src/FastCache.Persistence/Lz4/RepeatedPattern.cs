using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FastCache.Persistence.Lz4;

/// <summary>Matches that begin less than 16 bytes back: a pattern of 1 to 15 bytes, repeated.</summary>
internal static unsafe class RepeatedPattern
{
    private const int Width = 16;

    /// <summary>For a period p, 16 indices i mod p; one row a period, the one of period 0 never used.</summary>
    private static ReadOnlySpan<byte> Rows =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
        0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0,
        0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0,
        0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1,
        0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 1, 2,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0, 1,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0,
    ];

    /// <summary>
    /// Continues the pattern that ends at <paramref name="target"/>, up to <paramref name="targetEnd"/> and up to 15 bytes beyond it.
    /// Reads 16 bytes from the pattern on, the last of which may be none of it.
    /// </summary>
    /// <param name="pattern">The last <paramref name="period"/> bytes before <paramref name="target"/>.</param>
    /// <param name="period">1 to 15.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="targetEnd">Where the match ends.</param>
    public static void Fill(byte* pattern, nuint period, byte* target, byte* targetEnd)
    {
        Vector128<byte> row = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Rows), period * Width);
        Vector128<byte> repeated = Vector128.ShuffleNative(Vector128.Load(pattern), row);
        uint whole = Width - (Width % (uint)period);
        do
        {
            Vector128.Store(repeated, target);
            target += whole;
        }
        while (target < targetEnd);
    }
}
