using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>Storage of the slot queues: chunks of 63 positions and a link to the next chunk, used or free.</summary>
/// <remarks>
/// Chunks are known by address, and an address says by itself where in its chunk it lies. Every address handed out, and
/// every link, is that of a chunk of this object, which its user keeps alive.
/// </remarks>
internal sealed unsafe class PositionChunks
{
    /// <summary>Positions that a chunk holds.</summary>
    public const int ChunkSize = 63;

    private const int ChunkWords = ChunkSize + 1;
    private const int ChunkBytes = ChunkWords * sizeof(uint);
    private const nint OffsetMask = ChunkBytes - 1;
    private const uint None = uint.MaxValue;

    private readonly CacheLineArray _lines;
    private readonly uint* _first;
    private uint _free;

    /// <param name="positions">How many positions all queues together must be able to hold.</param>
    /// <param name="queues">How many queues there are: each may leave two chunks partly filled.</param>
    public PositionChunks(int positions, int queues)
    {
        int chunks = ((positions + ChunkSize - 1) / ChunkSize) + (2 * queues);
        _lines = new CacheLineArray(checked(chunks * (ChunkBytes / CacheLineArray.LineSize)), ChunkBytes);
        _first = (uint*)Unsafe.AsPointer(ref _lines.At(0));
        for (uint chunk = 0; chunk < chunks; chunk++)
        {
            LinkOf(At(chunk)) = chunk + 1 < chunks ? chunk + 1 : None;
        }
    }

    /// <summary>Whether a place lies behind the last position of its chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEnd(uint* place) => ((nint)place & OffsetMask) == ChunkSize * sizeof(uint);

    /// <summary>Takes a free chunk; its first place.</summary>
    public uint* Rent()
    {
        if (_free == None)
        {
            throw new UnreachableException("more positions than there is room for");
        }

        uint* chunk = At(_free);
        _free = LinkOf(chunk);
        LinkOf(chunk) = None;
        return chunk;
    }

    /// <summary>Takes a free chunk and links it behind the one of <paramref name="place"/>; its first place.</summary>
    public uint* RentAfter(uint* place)
    {
        uint* chunk = Rent();
        LinkOf(place) = NumberOf(chunk);
        return chunk;
    }

    /// <summary>Frees the chunk of <paramref name="place"/>.</summary>
    public void Return(uint* place)
    {
        uint number = NumberOf(place);
        LinkOf(place) = _free;
        _free = number;
    }

    /// <summary>The first place of the chunk that is linked behind the one of <paramref name="place"/>.</summary>
    public uint* After(uint* place) => At(LinkOf(place));

    /// <summary>The place <paramref name="distance"/> positions, at most a chunk, behind another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint* Ahead(uint* place, int distance)
    {
        nint offset = ((nint)place & OffsetMask) + (distance * sizeof(uint));
        return offset < ChunkSize * sizeof(uint) ? place + distance : AheadInNext(place, offset);
    }

    private uint* AheadInNext(uint* place, nint offset)
        => After(place) + ((offset - (ChunkSize * sizeof(uint))) / sizeof(uint));

    private static ref uint LinkOf(uint* place) => ref ((uint*)((nint)place & ~OffsetMask))[ChunkSize];

    private uint* At(uint chunk) => _first + ((nint)chunk * ChunkWords);

    private uint NumberOf(uint* place) => (uint)((place - _first) / ChunkWords);
}
