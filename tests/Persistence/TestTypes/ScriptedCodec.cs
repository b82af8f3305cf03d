using FastCache.Persistence;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>A codec of an application, that does what a test says and decodes nothing.</summary>
internal sealed class ScriptedCodec : IBlockCodec
{
    /// <summary>From the lengths of what is to be encoded and of the room for it to what <see cref="Encode"/> returns.</summary>
    public required Func<int, int, int> Encoder { get; init; }

    public byte Id { get; init; } = 200;

    public int Encode(ReadOnlySpan<byte> raw, Span<byte> destination) => Encoder(raw.Length, destination.Length);

    public bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> raw) => false;
}
