using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;

namespace FastCache.Persistence.Writing;

/// <summary>Records on their way to the disk, uncompressed. Pooled; owned by whoever holds it.</summary>
internal sealed class StagedBlock(int size) : IDisposable
{
    private readonly MemoryOwner<byte> _buffer = MemoryOwner<byte>.Allocate(size);
    private ArrayPoolBufferWriter<byte>? _large;
    private int _largeStart;

    public BlockKind Kind { get; private set; }

    /// <summary>The sequence of the first record.</summary>
    public ulong FirstSequence { get; private set; }

    public uint RecordCount { get; private set; }

    /// <summary>Bytes in it.</summary>
    public int Length { get; private set; }

    public ulong LastSequence => FirstSequence + RecordCount - 1;

    public bool IsEmpty => RecordCount == 0;

    public ReadOnlySpan<byte> Content => _large is null ? _buffer.Span[..Length] : _large.WrittenSpan[_largeStart..];

    /// <summary>Whether so many bytes more fit in.</summary>
    public bool HasRoomFor(int length) => length <= _buffer.Length - Length;

    /// <summary>Makes it an empty one whose first record will have the given sequence.</summary>
    public void Begin(ulong firstSequence)
    {
        _large?.Dispose();
        _large = null;
        (Kind, FirstSequence, RecordCount, Length) = (BlockKind.Records, firstSequence, 0, 0);
    }

    /// <summary>Makes it one of another kind, which has no records; where to write what is in it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="lastSequence">The last one of which it speaks.</param>
    /// <param name="length">Bytes in it.</param>
    public Span<byte> BeginAside(BlockKind kind, ulong lastSequence, int length)
    {
        Begin(lastSequence + 1);
        (Kind, Length) = (kind, length);
        return _buffer.Span[..length];
    }

    /// <summary>Makes room for a record; where to write it.</summary>
    public Span<byte> Add(int length)
    {
        Span<byte> record = _buffer.Span.Slice(Length, length);
        Length += length;
        RecordCount++;
        return record;
    }

    /// <summary>Takes a record that is too long for any block, with the buffer that it lies in: the end of it.</summary>
    public void Take(ArrayPoolBufferWriter<byte> buffer, int start)
    {
        (_large, _largeStart) = (buffer, start);
        Length = buffer.WrittenCount - start;
        RecordCount = 1;
    }

    public void Dispose()
    {
        _large?.Dispose();
        _buffer.Dispose();
    }
}
