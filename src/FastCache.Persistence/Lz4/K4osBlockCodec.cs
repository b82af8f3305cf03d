using K4os.Compression.LZ4;

namespace FastCache.Persistence.Lz4;

/// <summary>LZ4 blocks through the package K4os.Compression.LZ4. Part of builds with <c>-p:Lz4Provider=K4os</c> only.</summary>
public sealed class K4osBlockCodec : IBlockCodec
{
    private K4osBlockCodec()
    {
    }

    /// <summary>The codec; it has no state.</summary>
    public static K4osBlockCodec Shared { get; } = new();

    /// <inheritdoc/>
    public byte Id => BlockCodecs.Lz4Id;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        if (raw.IsEmpty)
        {
            // The package writes nothing for nothing; the format has a block for it, which is one empty sequence.
            return Lz4BlockCodec.Shared.Encode(raw, destination);
        }

        return Math.Max(0, LZ4Codec.Encode(raw, destination));
    }

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw) =>
        raw.IsEmpty || encoded.IsEmpty
            ? Lz4BlockCodec.Shared.TryDecode(encoded, raw)
            : LZ4Codec.Decode(encoded, raw) == raw.Length;
}
