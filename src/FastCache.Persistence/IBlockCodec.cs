namespace FastCache.Persistence;

/// <summary>
/// Compresses and decompresses the blocks of a log. Implementations keep no state between calls and are safe to use from any
/// number of threads at once.
/// </summary>
public interface IBlockCodec
{
    /// <summary>
    /// Names the wire format of the codec in the header of each block: 1 is an LZ4 block, 2 to 127 are reserved, 128 to 255 are free
    /// for codecs of the application's own. 0 (stored as it is) is never asked of a codec.
    /// </summary>
    byte Id { get; }

    /// <summary>
    /// Compresses all of <paramref name="raw"/> into <paramref name="destination"/>. O(n), allocates nothing.
    /// </summary>
    /// <returns>The number of bytes written, or 0 if the result does not fit: the block is then stored as it is.</returns>
    int Encode(ReadOnlySpan<byte> raw, Span<byte> destination);

    /// <summary>
    /// Decompresses all of <paramref name="encoded"/> so that it fills <paramref name="raw"/> exactly. O(n), allocates nothing.
    /// Whatever the input holds, nothing outside of the two spans is read or written and nothing is thrown.
    /// </summary>
    /// <returns><see langword="false"/> if the input is no whole encoding of exactly that many bytes; <paramref name="raw"/> then
    /// holds anything.</returns>
    bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw);
}
