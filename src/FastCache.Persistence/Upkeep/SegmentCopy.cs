using System.Runtime.InteropServices;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Upkeep;

/// <summary>How far the copying of an old segment has come. One of which nothing is needed is not even opened.</summary>
internal sealed class SegmentCopy : IDisposable
{
    private readonly SegmentReader? _reader;
    private readonly List<BlockLocation> _blocks = [];
    private readonly List<ulong> _needed;
    private int _nextBlock;
    private int _nextNeeded;

    private SegmentCopy(in OldSegment segment, SegmentReader? reader, List<ulong> needed)
    {
        Segment = segment;
        _reader = reader;
        _needed = needed;
        _reader?.CollectBlocks(_blocks, []);
    }

    public OldSegment Segment { get; }

    /// <param name="storage">Where it is.</param>
    /// <param name="segment">Which one.</param>
    /// <param name="needed">The sequences of the records that are needed of it, in ascending order.</param>
    public static SegmentCopy Begin(IStorage storage, in OldSegment segment, List<ulong> needed)
    {
        SegmentReader? reader = null;
        if (needed.Count > 0)
        {
            SegmentReader.Open(storage, SegmentName.Of(segment.Id), segment.Id, out reader);
        }

        return new SegmentCopy(segment, reader, needed);
    }

    /// <summary>Finds the next block with records that are needed. Blocks without any are passed over unread.</summary>
    public bool TryTakeBlock(out BlockLocation block, out ReadOnlySpan<ulong> positions)
    {
        ReadOnlySpan<ulong> needed = CollectionsMarshal.AsSpan(_needed);
        while (_nextBlock < _blocks.Count)
        {
            block = _blocks[_nextBlock++];
            int begin = _nextNeeded;
            while (begin < needed.Length && needed[begin] < block.Header.FirstSequence)
            {
                begin++;
            }

            int end = begin;
            while (end < needed.Length && needed[end] <= block.Header.LastSequence)
            {
                end++;
            }

            _nextNeeded = end;
            if (end > begin)
            {
                positions = needed[begin..end];
                return true;
            }
        }

        block = default;
        positions = default;
        return false;
    }

    public void Dispose() => _reader?.Dispose();
}
