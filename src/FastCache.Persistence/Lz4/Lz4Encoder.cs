using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastCache.Persistence.Lz4;

/// <summary>
/// Finds matches greedily: at each position one look into a table that says where the same bytes (their hash) were seen last.
/// </summary>
/// <remarks>
/// Why all accesses are in bounds: positions that are hashed or begin a match are at least 12 bytes before the end of the input, so 8
/// bytes can be read there, and candidates are earlier positions. Every write is preceded by a comparison of what it takes with what
/// is left of the output, differences of pointers all, which cannot overflow.
/// </remarks>
internal static unsafe class Lz4Encoder
{
    private const int MinTableBits = 7;
    private const int MaxTableBytes = 16 * 1024;
    private const int MaxShortLength = ushort.MaxValue + 1;

    /// <summary>After 2 to this power positions without a match the steps of the search get longer by one, and so on.</summary>
    private const int SkipBits = 6;

    /// <summary>Of 2 to the power of 64: multiplied by it, neighbouring numbers are far apart (Knuth, 6.4).</summary>
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private const int Wide = 16;

    /// <summary>What a sequence with both lengths in its token takes, if the literals are copied 16 at a time.</summary>
    private const int ShortSequence = 1 + Wide + sizeof(ushort);

    /// <summary>As <see cref="IBlockCodec.Encode"/>.</summary>
    [SkipLocalsInit]
    public static int Encode(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        int slotSize = raw.Length <= MaxShortLength ? ShortSlots.Size : WideSlots.Size;
        int bits = TableBits(raw.Length, slotSize);
        byte* table = stackalloc byte[slotSize << bits];
        new Span<byte>(table, slotSize << bits).Clear();
        fixed (byte* input = raw, output = destination)
        {
            return raw.Length <= MaxShortLength
                ? Encode<ShortSlots>(input, raw.Length, output, destination.Length, table, bits)
                : Encode<WideSlots>(input, raw.Length, output, destination.Length, table, bits);
        }
    }

    /// <summary>A slot for each byte of a small input, since to clear the table is part of the price.</summary>
    private static int TableBits(int length, int slotSize) =>
        Math.Clamp(BitOperations.Log2((uint)length) + 1, MinTableBits, BitOperations.Log2((uint)(MaxTableBytes / slotSize)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Encode<TSlots>(byte* input, int length, byte* output, int room, void* table, int bits)
        where TSlots : IPositionSlots
    {
        byte* end = input + length;
        byte* outputEnd = output + room;
        byte* op = output;

        // The first byte that is not in the output yet.
        byte* anchor = input;
        if (length > Lz4Format.LastMatchDistance)
        {
            byte* lastStart = end - Lz4Format.LastMatchDistance;
            byte* matchLimit = end - Lz4Format.LastLiterals;
            int shift = 64 - bits;

            // Position 0 is what a new table holds everywhere.
            byte* ip = input + 1;
            while (ip <= lastStart)
            {
                int tries = 1 << SkipBits;
                byte* match;
                while (true)
                {
                    ulong bytes = Load(ip);
                    match = input + TSlots.Exchange(table, Hash(bytes, shift), (uint)(ip - input));
                    if (Load32(match) == (uint)bytes && (TSlots.AllInReach || ip - match <= Lz4Format.MaxOffset))
                    {
                        break;
                    }

                    ip += tries++ >> SkipBits;
                    if (ip > lastStart)
                    {
                        goto Rest;
                    }
                }

                byte* matchEnd = EndOfMatch(ip + Lz4Format.MinMatch, match + Lz4Format.MinMatch, matchLimit, end);
                while (ip > anchor && match > input && ip[-1] == match[-1])
                {
                    ip--;
                    match--;
                }

                long literals = ip - anchor;
                long matched = matchEnd - ip - Lz4Format.MinMatch;
                long offset = ip - match;
                if (literals < Lz4Format.LengthMask && matched < Lz4Format.LengthMask
                    && outputEnd - op >= ShortSequence && end - anchor >= Wide)
                {
                    *op = (byte)((literals << Lz4Format.LengthBits) | matched);
                    Vector128.Store(Vector128.Load(anchor), op + 1);
                    op += 1 + literals;
                    StoreOffset(op, offset);
                    op += sizeof(ushort);
                }
                else
                {
                    op = WriteSequence(anchor, (int)literals, (int)offset, (int)matched, op, outputEnd);
                    if (op == null)
                    {
                        return 0;
                    }
                }

                ip = matchEnd;
                anchor = ip;
                if (ip > lastStart)
                {
                    break;
                }

                TSlots.Exchange(table, Hash(Load(ip - 2), shift), (uint)(ip - 2 - input));
            }
        }

    Rest:
        op = WriteLiterals(anchor, (int)(end - anchor), 0, op, outputEnd);
        return op == null ? 0 : (int)(op - output);
    }

    /// <summary>How far two places agree, the first at most to <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* EndOfMatch(byte* place, byte* match, byte* limit, byte* end)
    {
        while (end - place >= sizeof(ulong))
        {
            ulong difference = Load(place) ^ Load(match);
            if (difference != 0)
            {
                place += BitOperations.TrailingZeroCount(difference) >> 3;
                return place < limit ? place : limit;
            }

            place += sizeof(ulong);
            match += sizeof(ulong);
        }

        while (place < limit && *place == *match)
        {
            place++;
            match++;
        }

        return place < limit ? place : limit;
    }

    /// <summary>Writes any sequence, if there is room.</summary>
    /// <returns>The end of the output, or <see langword="null"/>.</returns>
    private static byte* WriteSequence(byte* literals, int literalCount, int offset, int matched, byte* op, byte* outputEnd)
    {
        op = WriteLiterals(literals, literalCount, Math.Min(matched, Lz4Format.LengthMask), op, outputEnd);
        if (op == null || outputEnd - op < sizeof(ushort) + Lz4Format.LengthBytes(matched))
        {
            return null;
        }

        StoreOffset(op, offset);
        return WriteLength(matched, op + sizeof(ushort));
    }

    private static byte* WriteLiterals(byte* literals, int count, int matchBits, byte* op, byte* outputEnd)
    {
        if (outputEnd - op < 1L + Lz4Format.LengthBytes(count) + count)
        {
            return null;
        }

        *op++ = (byte)((Math.Min(count, Lz4Format.LengthMask) << Lz4Format.LengthBits) | matchBits);
        op = WriteLength(count, op);
        new ReadOnlySpan<byte>(literals, count).CopyTo(new Span<byte>(op, count));
        return op + count;
    }

    private static byte* WriteLength(int length, byte* op)
    {
        if (length >= Lz4Format.LengthMask)
        {
            for (length -= Lz4Format.LengthMask; length >= byte.MaxValue; length -= byte.MaxValue)
            {
                *op++ = byte.MaxValue;
            }

            *op++ = (byte)length;
        }

        return op;
    }

    /// <summary>
    /// The slot of the first five bytes, though four make a match: those of just four hardly pay, and hide longer ones (see the decision).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Hash(ulong bytes, int shift) => (nuint)(((bytes << 24) * GoldenRatio) >> shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(byte* place)
    {
        ulong bytes = Unsafe.ReadUnaligned<ulong>(place);
        return BitConverter.IsLittleEndian ? bytes : BinaryPrimitives.ReverseEndianness(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Load32(byte* place)
    {
        uint bytes = Unsafe.ReadUnaligned<uint>(place);
        return BitConverter.IsLittleEndian ? bytes : BinaryPrimitives.ReverseEndianness(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOffset(byte* place, long offset)
    {
        place[0] = (byte)offset;
        place[1] = (byte)(offset >> 8);
    }
}
