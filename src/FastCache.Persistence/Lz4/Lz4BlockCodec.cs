namespace FastCache.Persistence.Lz4;

/// <summary>
/// LZ4 blocks, readable by and reading those of every other implementation of the published block format.
/// </summary>
/// <remarks>
/// Greedy matching through one hash table on the stack, at most 16 KiB. See docs/design/decisions.md, "Our own LZ4 block codec".
/// </remarks>
public sealed class Lz4BlockCodec : IBlockCodec
{
    private Lz4BlockCodec()
    {
    }

    /// <summary>The codec; it has no state.</summary>
    public static Lz4BlockCodec Shared { get; } = new();

    /// <inheritdoc/>
    public byte Id => BlockCodecs.Lz4Id;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<byte> raw, Span<byte> destination) => Lz4Encoder.Encode(raw, destination);

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw) => Lz4Decoder.TryDecode(encoded, raw);
}
