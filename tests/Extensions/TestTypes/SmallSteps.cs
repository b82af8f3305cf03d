using System.Buffers;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>A writer that gives a few bytes of room at a time.</summary>
internal sealed class SmallSteps : IBufferWriter<byte>
{
    private const int Step = 7;
    private readonly byte[] _room = new byte[Step];
    private readonly List<byte> _written = [];

    public byte[] Written => [.. _written];

    public void Advance(int count) => _written.AddRange(_room.AsSpan(0, count));

    public Memory<byte> GetMemory(int sizeHint = 0) => _room;

    public Span<byte> GetSpan(int sizeHint = 0) => _room;
}
