using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastCache.Persistence.Lz4;

/// <summary>
/// Decodes the bulk of a block with copies of 16 bytes that may write too much, as long as both buffers have room for that; leaves the
/// rest to <see cref="Lz4SafeDecoder"/>.
/// </summary>
/// <remarks>
/// <para>
/// Why all accesses are in bounds: a sequence is begun only with <see cref="InputSlack"/> bytes of input and
/// <see cref="OutputSlack"/> bytes of output left. A short sequence reads at most 17 bytes (token, 16 of literals, offset) and writes
/// at most 14 + 32. A longer length is followed only if after its literals there is as much slack as before, and after its match room
/// for the 31 bytes by which the last copy may be too long. Otherwise the sequence, from its token, is the safe decoder's. What is
/// written beyond the end of a sequence is inside the output and is written again, or left over when decoding fails.
/// </para>
/// <para>
/// Lengths are native integers of 64 bits, which no input is long enough to overflow.
/// </para>
/// </remarks>
internal static unsafe class Lz4Decoder
{
    private const int InputSlack = 32;
    private const int OutputSlack = 64;
    private const int Wide = 16;

    private static bool IsSupported => BitConverter.IsLittleEndian && sizeof(nint) == sizeof(long);

    /// <summary>As <see cref="IBlockCodec.TryDecode"/>.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw)
    {
        int read = 0;
        int written = 0;
        if (IsSupported && encoded.Length >= InputSlack && raw.Length >= OutputSlack)
        {
            fixed (byte* input = encoded, output = raw)
            {
                byte* next = input;
                byte* end = output;
                if (!TryDecodeBulk(ref next, input + encoded.Length, output, ref end, output + raw.Length))
                {
                    return false;
                }

                read = (int)(next - input);
                written = (int)(end - output);
            }
        }

        return Lz4SafeDecoder.TryDecode(encoded, raw, read, written);
    }

    /// <summary>Decodes sequences up to the first that needs care.</summary>
    /// <returns>Whether there may be such a sequence: <see langword="false"/> if the input is invalid.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryDecodeBulk(ref byte* input, byte* inputEnd, byte* start, ref byte* output, byte* outputEnd)
    {
        byte* inputLimit = inputEnd - InputSlack;
        byte* outputLimit = outputEnd - OutputSlack;
        byte* ip = input;
        byte* op = output;
        while (ip <= inputLimit && op <= outputLimit)
        {
            // Of this sequence, should it be left to the safe decoder.
            byte* sequence = ip;
            byte* sequenceOutput = op;

            nuint token = *ip++;
            nuint length = token >> Lz4Format.LengthBits;
            if (length != Lz4Format.LengthMask)
            {
                Copy(ip, op);
            }
            else
            {
                nuint more;
                do
                {
                    if (ip >= inputLimit)
                    {
                        goto Careful;
                    }

                    more = *ip++;
                    length += more;
                }
                while (more == byte.MaxValue);

                if ((nint)length > inputLimit - ip || (nint)length > outputLimit - op)
                {
                    goto Careful;
                }

                CopyLong(ip, op, op + length);
            }

            ip += length;
            op += length;
            nuint offset = Unsafe.ReadUnaligned<ushort>(ip);
            ip += sizeof(ushort);

            // One comparison for both faults: an offset of 0 becomes the largest number.
            if (offset - 1 >= (nuint)(op - start))
            {
                return false;
            }

            length = token & Lz4Format.LengthMask;
            if (length == Lz4Format.LengthMask)
            {
                nuint more;
                do
                {
                    if (ip >= inputEnd)
                    {
                        return false;
                    }

                    more = *ip++;
                    length += more;
                }
                while (more == byte.MaxValue);

                if ((nint)length > outputLimit - op)
                {
                    goto Careful;
                }
            }

            length += Lz4Format.MinMatch;
            byte* match = op - offset;
            byte* matchEnd = op + length;
            if (offset >= Wide)
            {
                Copy(match, op);
                Copy(match + Wide, op + Wide);
                if (length > 2 * Wide)
                {
                    CopyLong(match + (2 * Wide), op + (2 * Wide), matchEnd);
                }
            }
            else
            {
                RepeatedPattern.Fill(match, offset, op, matchEnd);
            }

            op = matchEnd;
            continue;

        Careful:
            ip = sequence;
            op = sequenceOutput;
            break;
        }

        input = ip;
        output = op;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* source, byte* target) => Vector128.Store(Vector128.Load(source), target);

    /// <summary>Copies in steps of 32 bytes and so up to 31 bytes too many; source and target are 16 bytes apart or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLong(byte* source, byte* target, byte* targetEnd)
    {
        do
        {
            Copy(source, target);
            Copy(source + Wide, target + Wide);
            source += 2 * Wide;
            target += 2 * Wide;
        }
        while (target < targetEnd);
    }
}
