using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastCache.Table;

/// <summary>A seeded 64-bit hash of UTF-16 text, the same for a string and for a span of its characters.</summary>
/// <remarks>
/// The structure of wyhash (Wang Yi, public domain): 16 bytes a step, each step a folded 64x64-bit product; the tail is
/// read with loads that overlap what came before. The secrets come from the seed, see <see cref="HashSecrets"/>.
/// </remarks>
internal static class StringHash
{
    private const int Block = 16;

    public static ulong Hash(ReadOnlySpan<char> text, in HashSecrets secrets)
    {
        ref byte start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        nuint length = (nuint)text.Length * sizeof(char);
        ulong state = secrets.A;
        ulong head;
        ulong tail;

        // Every load below ends at or before `length`: the blocks by the loop's condition, the overlapping tail
        // because at least as many bytes as it reads precede the end in each branch.
        if (length >= 8)
        {
            for (; length > Block; length -= Block)
            {
                state = HashSecrets.Fold(Read64(ref start, 0) ^ secrets.B, Read64(ref start, 8) ^ state);
                start = ref Unsafe.Add(ref start, Block);
            }

            if (length < 8)
            {
                // What is left is shorter than a word, so step back into the block before it.
                head = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref start, 8 - length));
                tail = head;
            }
            else
            {
                head = Read64(ref start, 0);
                tail = Read64(ref start, length - 8);
            }
        }
        else if (length >= 4)
        {
            head = Unsafe.ReadUnaligned<uint>(ref start);
            tail = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4));
        }
        else
        {
            head = length == 0 ? 0UL : Unsafe.ReadUnaligned<ushort>(ref start);
            tail = 0;
        }

        return HashSecrets.Fold(
            secrets.C ^ (uint)text.Length,
            HashSecrets.Fold(head ^ secrets.B, tail ^ state));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read64(ref byte start, nuint offset)
        => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));
}
