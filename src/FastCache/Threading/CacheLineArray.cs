using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastCache.Threading;

/// <summary>
/// A zeroed array of 64-byte blocks, each of which fills exactly one cache line.
/// </summary>
/// <remarks>
/// Managed arrays are aligned to 8 bytes only, so that a block would lie across two lines. The array lives on the
/// pinned heap, where its address never changes, and the first block starts at the first line boundary inside it.
/// The address does not keep the array alive: whoever uses a reference from <see cref="At"/> keeps the owner of this struct
/// reachable until the last access.
/// </remarks>
internal readonly struct CacheLineArray
{
    public const int LineSize = 64;

    private readonly byte[] _bytes;
    private readonly unsafe byte* _firstLine;

    /// <param name="lines">The number of lines.</param>
    /// <param name="alignment">What divides the address of the first line: a power of two, 64 or more.</param>
    public CacheLineArray(int lines, int alignment = LineSize)
    {
        _bytes = GC.AllocateArray<byte>(checked((lines * LineSize) + alignment - 1), pinned: true);
        unsafe
        {
            byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
            _firstLine = start + (-(nint)start & (alignment - 1));
        }

        Lines = lines;
    }

    public int Lines { get; }

    /// <summary>The byte at <paramref name="offset"/>, which the caller keeps below <c>Lines * 64</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe ref byte At(nint offset) => ref _firstLine[offset];
}
