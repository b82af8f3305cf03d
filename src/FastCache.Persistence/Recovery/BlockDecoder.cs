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
        using MemoryOwner<byte>? stored = ReadStored(block);
        if (stored is null)
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

    /// <summary>Reads what is stored of a block; null if it is damaged. The caller disposes of it.</summary>
    public static MemoryOwner<byte>? ReadStored(in BlockLocation block)
    {
        MemoryOwner<byte> stored = MemoryOwner<byte>.Allocate(block.Header.StoredLength);
        if (block.Segment.TryRead(block, stored.Span) && Crc32C.Compute(seed: 0, stored.Span) == block.Header.StoredCrc)
        {
            return stored;
        }

        stored.Dispose();
        return null;
    }

    /// <summary>Whether there is a codec for what is stored of a block.</summary>
    public bool Knows(byte codecId) => codecId == 0 || codecId == BlockCodecs.Lz4Id || codecId == codec.Id;

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
