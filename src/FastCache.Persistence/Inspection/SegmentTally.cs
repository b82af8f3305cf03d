using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;

namespace FastCache.Persistence.Inspection;

/// <summary>What is found in one segment, from its last block to its first.</summary>
internal sealed class SegmentTally
{
    private readonly LogInspection _inspection;
    private readonly SegmentReader _segment;
    private readonly int _index;
    private readonly List<LogDamage> _damage = [];
    private int _blocks;
    private long _records;
    private long _tornBytes;
    private ulong _first;
    private ulong _last;

    public SegmentTally(LogInspection inspection, int index)
    {
        _inspection = inspection;
        _segment = inspection.Scan.Segments[index];
        _index = index;
        BelongsToLog = inspection.Owns(_segment);
        if (inspection.Scan.Newest is { Features.MayRead: false })
        {
            return;
        }

        var ranges = new List<DamagedRange>();
        ulong last = _segment.Header?.FirstSequence - 1 ?? 0;
        foreach (BlockLocation block in _segment.Walk(ranges))
        {
            AddRanges(ranges, last, block);
            bool holdsRecords = block.HoldsRecords(last + 1);
            Blocks.Add(new FoundBlock(block, holdsRecords, last));
            last = holdsRecords ? block.Header.LastSequence : last;
        }

        AddRanges(ranges, last, next: null);
    }

    /// <summary>Whether it is of this log.</summary>
    public bool BelongsToLog { get; }

    /// <summary>All its blocks, the oldest first.</summary>
    public List<FoundBlock> Blocks { get; } = [];

    /// <summary>Counts a block of records that is whole.</summary>
    public void Count(in BlockHeader header)
    {
        _blocks++;
        _records += header.RecordCount;
        _last = Math.Max(_last, header.LastSequence);
        _first = header.FirstSequence;
    }

    /// <summary>Notes a block that is not whole.</summary>
    public void Damaged(in FoundBlock block, LogDamageKind kind)
    {
        ulong first = block.LastBefore + 1;
        ulong last = block.HoldsRecords ? block.Location.Header.LastSequence : block.LastBefore;

        // A checksum that is right is not torn, whatever it is the checksum of.
        bool mayBeTorn = kind is LogDamageKind.StoredBytes or LogDamageKind.Content;
        Add(block.Location.Offset, block.Location.Header.TotalLength, kind, mayBeTorn && _inspection.IsTorn(_index, Math.Max(first, last)), last);
    }

    public LogSegmentVerification Finish() => new()
    {
        Name = _segment.Name,
        Length = _segment.Length,
        BelongsToLog = BelongsToLog,
        Blocks = _blocks,
        Records = _records,
        FirstSequence = _first,
        LastSequence = _last,
        TornBytes = _tornBytes,
        Damage = [.. _damage.OrderBy(static damage => damage.Offset)],
    };

    private void AddRanges(List<DamagedRange> ranges, ulong last, BlockLocation? next)
    {
        foreach (DamagedRange range in ranges)
        {
            if (_segment.Header is null)
            {
                Add(range.Begin, range.End - range.Begin, LogDamageKind.SegmentHeader, !_segment.IsDamagedAtItsHeader, ulong.MaxValue);
                continue;
            }

            ulong upTo = next is { } block && block.HoldsRecords(last + 1) ? block.Header.FirstSequence - 1 : _inspection.LimitOf(_index);
            Add(range.Begin, range.End - range.Begin, LogDamageKind.NoBlock, _inspection.IsTorn(_index, last + 1), Math.Max(last, upTo));
        }

        ranges.Clear();
    }

    /// <param name="offset">Where.</param>
    /// <param name="length">How many bytes; the file may have grown since.</param>
    /// <param name="kind">What is wrong.</param>
    /// <param name="isTorn">Whether it may never have been written.</param>
    /// <param name="last">The last sequence that may have been there.</param>
    private void Add(long offset, long length, LogDamageKind kind, bool isTorn, ulong last)
    {
        length = Math.Min(length, _segment.Length - offset);
        if (isTorn)
        {
            _tornBytes += length;
            return;
        }

        bool counts = last >= _inspection.StatedFloor && (BelongsToLog || _segment.Header is null);
        _damage.Add(new LogDamage(_segment.Name, offset, length, kind, counts));
    }
}
