using System.Buffers;

namespace FastCache.Persistence.Serialization;

/// <summary>What a writer that is kept writes to in between: it keeps no buffer alive, and nobody writes.</summary>
internal sealed class Nowhere : IBufferWriter<byte>
{
    private Nowhere()
    {
    }

    public static Nowhere Shared { get; } = new();

    /// <inheritdoc/>
    public void Advance(int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
}
