using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FastCache.Table;

/// <summary>The keyed multiply-fold that all hashes end with, and its secrets.</summary>
/// <remarks>
/// The folded 64x64-bit product of wyhash (Wang Yi) and its kin. Those use public constants, with which one
/// chosen input makes a factor zero and the rest of the key meaningless; here every constant comes from the seed.
/// </remarks>
internal readonly struct HashSecrets
{
    public HashSecrets(ulong seed)
    {
        A = NextOdd(ref seed);
        B = NextOdd(ref seed);
        C = NextOdd(ref seed);
    }

    public ulong A { get; }

    public ulong B { get; }

    public ulong C { get; }

    /// <remarks>One fold maps regular integers to regular places, crowded ones for some multipliers; a second one does not.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Mix(ulong value) => Fold(Fold(value ^ A, B), C);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Mix(ulong first, ulong second) => Fold(Fold(first ^ A, second ^ B), C);

    /// <summary>Both halves of the 128-bit product, folded into one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Fold(ulong a, ulong b)
    {
        if (Bmi2.X64.IsSupported)
        {
            // Two multiplications in registers beat one whose low half the compiler takes through memory.
            ulong product = a * b;
            return Bmi2.X64.MultiplyNoFlags(a, b) ^ product;
        }

        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    // SplitMix64 (Steele, Lea, Flood 2014). A multiplier with few bits set would mix badly: redraw such a one.
    private static ulong NextOdd(ref ulong state)
    {
        while (true)
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z = (z ^ (z >> 31)) | 1;
            if (System.Numerics.BitOperations.PopCount(z) is >= 24 and <= 40)
            {
                return z;
            }
        }
    }
}
