using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FastCache.Persistence.Format;

/// <summary>
/// CRC-32C (Castagnoli), as in RFC 3720: the checksum of headers and blocks, by the processor's own instruction where it has one.
/// </summary>
/// <remarks>
/// The instruction takes three cycles, but three of them fit into these. So long inputs go as three lanes side by side, whose
/// results are put together after (docs/design/decisions.md, "CRC32C in three lanes").
/// </remarks>
internal static class Crc32C
{
    /// <summary>From here on lanes are no slower than one after the other.</summary>
    private const int MinLaned = 1024;

    private const int Lanes = 3;

    /// <summary>The polynomial, the coefficient of x^31 lowest.</summary>
    private const uint Polynomial = 0x82F63B78;

    /// <summary>At k: x to the power of 8 * 2^k modulo the polynomial, by which a checksum moves 2^k bytes on.</summary>
    private static readonly uint[] Advances = CreateAdvances();

    /// <summary>The checksum of <paramref name="bytes"/>. O(n).</summary>
    /// <param name="seed">The checksum of what comes before them: 0 if nothing does. Any other number serves as a salt.</param>
    /// <param name="bytes">Any number of bytes.</param>
    public static uint Compute(uint seed, ReadOnlySpan<byte> bytes)
    {
        uint state = ~seed;
        while (bytes.Length >= MinLaned)
        {
            int lane = BitOperations.Log2((uint)bytes.Length / Lanes);
            state = ComputeLanes(state, bytes, lane);
            bytes = bytes[(Lanes << lane)..];
        }

        return ~ComputeSerially(state, bytes);
    }

    /// <summary>Of three lanes of 2 to the power of <paramref name="lane"/> bytes.</summary>
    private static uint ComputeLanes(uint state, ReadOnlySpan<byte> bytes, int lane)
    {
        ReadOnlySpan<ulong> first = MemoryMarshal.Cast<byte, ulong>(bytes[..(1 << lane)]);
        ReadOnlySpan<ulong> second = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(1 << lane, 1 << lane));
        ReadOnlySpan<ulong> third = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 << lane, 1 << lane));
        uint secondState = 0;
        uint thirdState = 0;
        for (int i = 0; i < first.Length && i < second.Length && i < third.Length; i++)
        {
            state = BitOperations.Crc32C(state, LittleEndian(first[i]));
            secondState = BitOperations.Crc32C(secondState, LittleEndian(second[i]));
            thirdState = BitOperations.Crc32C(thirdState, LittleEndian(third[i]));
        }

        return SumOfProducts(state, Advances[lane + 1], secondState, Advances[lane]) ^ thirdState;
    }

    private static uint ComputeSerially(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            state = BitOperations.Crc32C(state, LittleEndian(word));
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, rest);
        }

        return state;
    }

    private static ulong LittleEndian(ulong word) =>
        BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);

    /// <summary>
    /// a * b + c * d, polynomials modulo <see cref="Polynomial"/>, by school: 32 steps without a branch, for both products at once
    /// because neither waits for the other.
    /// </summary>
    private static uint SumOfProducts(uint a, uint b, uint c, uint d)
    {
        uint sum = 0;
        for (int i = 0; i < 32; i++)
        {
            sum ^= (b & (0 - (a >> 31))) ^ (d & (0 - (c >> 31)));
            a <<= 1;
            c <<= 1;
            b = (b >> 1) ^ (Polynomial & (0 - (b & 1)));
            d = (d >> 1) ^ (Polynomial & (0 - (d & 1)));
        }

        return sum;
    }

    private static uint[] CreateAdvances()
    {
        // x^8: the highest bit is the coefficient of x^0.
        uint power = 1u << (31 - 8);
        uint[] advances = new uint[32];
        for (int i = 0; i < advances.Length; i++)
        {
            advances[i] = power;
            power = SumOfProducts(power, power, 0, 0);
        }

        return advances;
    }
}
