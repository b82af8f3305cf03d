using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Lz4;

namespace FastCache.Persistence.Recovery;

/// <summary>Reads blocks and proves that they are what was written. Thread-safe.</summary>
internal sealed class BlockDecoder(IBlockCodec codec)
{
    /// <summary>Reads a block; null if it is damaged. The caller disposes of it.</summary>
    public MemoryOwner<byte>? Read(in BlockLocation block)
    {
        BlockHeader header = block.Header;
        using MemoryOwner<byte> stored = MemoryOwner<byte>.Allocate(header.StoredLength);
        if (!block.Segment.TryRead(block, stored.Span) || Crc32C.Compute(seed: 0, stored.Span) != header.StoredCrc)
        {
            return null;
        }

        MemoryOwner<byte> raw = MemoryOwner<byte>.Allocate(header.RawLength);
        if (TryDecode(header.Codec, stored.Span, raw.Span) && Crc32C.Compute(seed: 0, raw.Span) == header.RawCrc)
        {
            return raw;
        }

        raw.Dispose();
        return null;
    }

    private bool TryDecode(byte codecId, ReadOnlySpan<byte> stored, Span<byte> raw)
    {
        if (codecId == 0)
        {
            return stored.TryCopyTo(raw) && stored.Length == raw.Length;
        }

        try
        {
            return codecId == codec.Id
                ? codec.TryDecode(stored, raw)
                : codecId == BlockCodecs.Lz4Id && BlockCodecs.Default.TryDecode(stored, raw);
        }
        catch (Exception)
        {
            // An application's own codec.
            return false;
        }
    }
}
