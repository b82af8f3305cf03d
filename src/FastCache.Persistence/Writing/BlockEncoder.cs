using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;

namespace FastCache.Persistence.Writing;

/// <summary>Turns staged blocks into what is written of them, several in a row.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class BlockEncoder(IBlockCodec codec) : IDisposable
{
    // A block that saves less is stored as it is: to read it then costs nothing.
    private const int MinSavedPart = 16;

    private MemoryOwner<byte> _buffer = MemoryOwner<byte>.Allocate(256 << 10);

    /// <summary>How much has been encoded.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Encoded => _buffer.Span[..Length];

    public void Clear() => Length = 0;

    /// <summary>Bytes that a block takes at most.</summary>
    public static int MaxLength(StagedBlock block) => BlockHeader.Length + LogFormat.AlignUp(block.Length);

    /// <summary>Encodes a block behind the last one.</summary>
    /// <param name="block">The block.</param>
    /// <param name="salt">The segment's.</param>
    /// <param name="offset">Where in the segment the block will begin.</param>
    /// <param name="durableSequence">What is durable by now.</param>
    /// <param name="utcTicks">The time.</param>
    /// <returns>How many bytes are stored of its content.</returns>
    public int Add(StagedBlock block, uint salt, long offset, ulong durableSequence, long utcTicks)
    {
        ReadOnlySpan<byte> raw = block.Content;
        EnsureRoomFor(MaxLength(block));
        Span<byte> destination = _buffer.Span[Length..];
        Span<byte> stored = destination.Slice(BlockHeader.Length, raw.Length);
        byte codecId = codec.Id;
        int storedLength = Encode(raw, stored[..(raw.Length - (raw.Length / MinSavedPart))]);
        if (storedLength <= 0)
        {
            raw.CopyTo(stored);
            (codecId, storedLength) = (0, raw.Length);
        }

        var header = new BlockHeader
        {
            Kind = block.Kind,
            Codec = codecId,
            RecordCount = block.RecordCount,
            StoredLength = storedLength,
            RawLength = raw.Length,
            StoredCrc = Crc32C.Compute(seed: 0, stored[..storedLength]),
            RawCrc = Crc32C.Compute(seed: 0, raw),
            FirstSequence = block.FirstSequence,
            DurableSequence = durableSequence,
            UtcTicks = utcTicks,
        };
        header.Write(destination, salt, offset);
        int total = (int)header.TotalLength;
        destination[(BlockHeader.Length + storedLength)..total].Clear();
        Length += total;
        return storedLength;
    }

    public void Dispose() => _buffer.Dispose();

    private int Encode(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        try
        {
            int length = codec.Encode(raw, destination);

            // An application's own codec: what it cannot have written is not believed, and stored as it is.
            return length <= destination.Length ? length : 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    private void EnsureRoomFor(int length)
    {
        int needed = Length + length;
        if (needed > _buffer.Length)
        {
            MemoryOwner<byte> larger = MemoryOwner<byte>.Allocate(Math.Max(needed, _buffer.Length * 2));
            Encoded.CopyTo(larger.Span);
            _buffer.Dispose();
            _buffer = larger;
        }
    }
}
