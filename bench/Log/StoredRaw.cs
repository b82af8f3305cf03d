using FastCache.Persistence;

namespace FastCache.Bench.Log;

/// <summary>Compresses nothing.</summary>
internal sealed class StoredRaw : IBlockCodec
{
    public byte Id => 200;

    public int Encode(ReadOnlySpan<byte> raw, Span<byte> destination) => 0;

    public bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw) => false;
}
