using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Recovery;

/// <summary>What a directory holds of a log, by headers alone: which blocks count, where it is durable, where it has holes.</summary>
/// <remarks>
/// "Suffix wins, doubt drops": where sequences are missing that were durable, everything older is left out, because a newer version of it may
/// have been among them. Where they were not, the log ends there: nothing that was acknowledged is lost, and what comes later was not
/// acknowledged either. See docs/design/log-format.md.
/// </remarks>
internal sealed class LogScan : IDisposable
{
    private readonly List<SegmentReader> _segments;

    private LogScan(List<SegmentReader> segments) => _segments = segments;

    public IReadOnlyList<SegmentReader> Segments => _segments;

    /// <summary>The newest segment header that can be read; null if there is none.</summary>
    public SegmentHeader? Newest { get; private set; }

    /// <summary>The blocks that count, oldest first.</summary>
    public List<BlockLocation> Blocks { get; private set; } = [];

    /// <summary>The parts of the eviction policy's snapshots, oldest first.</summary>
    public List<BlockLocation> Standings { get; } = [];

    /// <summary>The last sequence that counts; 0 for an empty log.</summary>
    public ulong LastSequence { get; private set; }

    /// <summary>A sequence that no record of the log, whether it counts or not, has reached.</summary>
    public ulong UnusedSequence { get; private set; } = LogFormat.FirstSequence;

    /// <summary>The first sequence that counts.</summary>
    public ulong FloorSequence { get; private set; } = LogFormat.FirstSequence;

    /// <summary>Up to where everything was durable.</summary>
    public ulong DurableSequence { get; private set; }

    /// <summary>The newest moment that the log speaks of, in ticks of UTC.</summary>
    public long NewestUtcTicks { get; private set; }

    /// <summary>Files of openings that were interrupted; nothing in them counts.</summary>
    public List<string> Incomplete { get; } = [];

    /// <summary>Whether the log was stopped in order.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Whether the cache went on without the log once that had failed.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Sequences that were durable and are missing.</summary>
    public ulong MissingRecords { get; private set; }

    /// <summary>Records that are whole, and left out because something newer is missing.</summary>
    public ulong DoubtfulRecords { get; private set; }

    /// <summary>Records that were written and never durable, behind the place where the log is torn.</summary>
    public ulong TornRecords { get; private set; }

    /// <summary>Reads all headers. O(blocks).</summary>
    public static StorageResult Read(IReadOnlyStorage storage, out LogScan scan)
    {
        scan = new LogScan([]);

        // First: whoever looks at a log that is being stopped must not take for missing what was written after he had looked.
        StopMark? mark = StopMarkFile.Read(storage);
        StorageResult result = storage.List(out IReadOnlyList<string> names);
        foreach (string name in names)
        {
            scan.IsStale |= name == LogWriter.StaleFileName;
            if (name.EndsWith(UnsyncedEnd.IncompleteExtension, StringComparison.Ordinal)
                && SegmentName.TryParse(name[..^UnsyncedEnd.IncompleteExtension.Length], out _))
            {
                scan.Incomplete.Add(name);
            }

            if (result.IsOk && SegmentName.TryParse(name, out ulong id))
            {
                result = SegmentReader.Open(storage, name, id, out SegmentReader? segment);
                if (segment is not null)
                {
                    scan._segments.Add(segment);
                }
            }
        }

        if (result.IsOk)
        {
            scan.Interpret(mark);
        }

        return result;
    }

    /// <summary>Cuts the log before a block that was never durable and is damaged.</summary>
    public void CutBefore(int block)
    {
        for (int later = block; later < Blocks.Count; later++)
        {
            TornRecords += Blocks[later].Header.RecordCount;
        }

        LastSequence = block > 0 ? Blocks[block - 1].Header.LastSequence : FloorSequence - 1;
        Blocks.RemoveRange(block, Blocks.Count - block);
    }

    /// <summary>The first block that is not known to be durable, as all that follow it; -1 if there is none.</summary>
    public int FirstUnsynced => Blocks.FindIndex(block => block.Header.LastSequence > DurableSequence);

    /// <summary>A block and all that follows it in its segment, snapshots too, in the order of the file.</summary>
    public IEnumerable<BlockLocation> BlocksFrom(int first)
        => Blocks[first..].Concat(StandingsBehind(Blocks[first])).OrderBy(static block => block.Segment.Id).ThenBy(static block => block.Offset);

    /// <summary>Those blocks are in another segment now, which is durable.</summary>
    public void MoveTo(SegmentReader segment, int first)
    {
        Standings.RemoveAll(StandingsBehind(Blocks[first]).Contains);
        Blocks.RemoveRange(first, Blocks.Count - first);
        segment.CollectBlocks(Blocks, Standings);
        _segments.Add(segment);
        DurableSequence = LastSequence;
    }

    /// <summary>Leaves out everything below a sequence, which is to be deleted.</summary>
    public void Forget(ulong floor)
    {
        FloorSequence = Math.Max(FloorSequence, floor);
        Blocks.RemoveAll(block => block.Header.LastSequence < FloorSequence);
    }

    /// <summary>Leaves out everything up to a block, which was durable and is damaged.</summary>
    public void DropThrough(int block)
    {
        MissingRecords += Blocks[block].Header.RecordCount;
        for (int older = 0; older < block; older++)
        {
            DoubtfulRecords += Blocks[older].Header.RecordCount;
        }

        FloorSequence = Blocks[block].Header.LastSequence + 1;
        Blocks.RemoveRange(0, block + 1);
    }

    public void Dispose()
    {
        foreach (SegmentReader segment in _segments)
        {
            segment.Dispose();
        }
    }

    private List<BlockLocation> StandingsBehind(BlockLocation block)
        => Standings.FindAll(part => part.Segment == block.Segment && part.Offset > block.Offset);

    private void Interpret(StopMark? mark)
    {
        Newest = _segments.LastOrDefault(static segment => segment.Header is not null)?.Header;
        if (Newest is not { } newest || !newest.Features.MayRead)
        {
            return;
        }

        WasStopped = mark?.LogId == newest.LogId;
        DurableSequence = WasStopped ? mark!.Value.LastSequence : 0;
        Select(newest.LogId);
        if (_segments.Exists(segment => segment.IsDamagedAtItsHeader && segment.Id > newest.SegmentId))
        {
            DropAll();
        }
    }

    /// <summary>What is newer than all that can be read was durable, and nobody knows what it said.</summary>
    private void DropAll()
    {
        MissingRecords++;
        foreach (BlockLocation block in Blocks)
        {
            DoubtfulRecords += block.Header.RecordCount;
        }

        Blocks.Clear();
        FloorSequence = UnusedSequence;
        LastSequence = FloorSequence - 1;
    }

    private void Select(ulong logId)
    {
        var segments = new List<SegmentContent>();
        foreach (SegmentReader reader in _segments)
        {
            List<BlockLocation> blocks = [];
            List<BlockLocation> standings = [];
            reader.CollectBlocks(blocks, standings);
            if (reader.Header is { } header && header.LogId == logId)
            {
                segments.Add(new SegmentContent(header, blocks, standings));
                Note(header, blocks);

                // A snapshot may speak of records that were never written. It must not be taken to speak of others.
                standings.ForEach(part => UnusedSequence = Math.Max(UnusedSequence, part.Header.LastSequence + 1));
            }
        }

        RemoveTornOff(segments);
        segments.ForEach(segment => Standings.AddRange(segment.Standings));
        Join(segments);
    }

    /// <summary>Takes over what headers claim, which is true wherever they are.</summary>
    private void Note(in SegmentHeader header, List<BlockLocation> blocks)
    {
        FloorSequence = Math.Max(FloorSequence, header.FloorSequence);
        DurableSequence = Math.Max(DurableSequence, header.DurableSequence);
        NewestUtcTicks = Math.Max(NewestUtcTicks, header.UtcTicks);
        UnusedSequence = Math.Max(UnusedSequence, header.FirstSequence);
        foreach (BlockLocation block in blocks)
        {
            DurableSequence = Math.Max(DurableSequence, block.Header.DurableSequence);
            NewestUtcTicks = Math.Max(NewestUtcTicks, block.Header.UtcTicks);
            UnusedSequence = Math.Max(UnusedSequence, block.Header.LastSequence + 1);
        }
    }

    /// <summary>Removes the blocks that a later segment does not count, and what was said of their records.</summary>
    private static void RemoveTornOff(List<SegmentContent> segments)
    {
        ulong limit = ulong.MaxValue;
        for (int index = segments.Count - 1; index >= 0; index--)
        {
            ulong last = limit;
            segments[index].Blocks.RemoveAll(block => block.Header.LastSequence > last);
            segments[index].Standings.RemoveAll(part => part.Header.LastSequence > last);
            limit = Math.Min(limit, segments[index].Header.PreviousSequence);
        }
    }

    /// <summary>Goes through the sequences from the floor on and finds where they are interrupted.</summary>
    private void Join(List<SegmentContent> segments)
    {
        ulong next = FloorSequence;
        bool isTorn = false;
        foreach ((SegmentHeader header, List<BlockLocation> blocks, _) in segments)
        {
            isTorn |= next <= header.PreviousSequence && !TryPassHole(next, header.PreviousSequence);
            next = Math.Max(next, header.FirstSequence);
            foreach (BlockLocation block in blocks)
            {
                if (block.Header.LastSequence < FloorSequence)
                {
                    continue;
                }

                isTorn |= block.Header.FirstSequence > next && !TryPassHole(next, block.Header.FirstSequence - 1);
                if (isTorn)
                {
                    TornRecords += block.Header.RecordCount;
                    continue;
                }

                Blocks.Add(block);
                next = block.Header.LastSequence + 1;
            }
        }

        if (next <= DurableSequence)
        {
            TryPassHole(next, DurableSequence);
        }

        UnusedSequence = Math.Max(UnusedSequence, DurableSequence + 1);
        LastSequence = Blocks.Count > 0 ? Blocks[^1].Header.LastSequence : FloorSequence - 1;
    }

    /// <summary>
    /// Where sequences are missing: leaves out everything before if they were durable; false if they were not, and the log ends here.
    /// </summary>
    private bool TryPassHole(ulong first, ulong last)
    {
        if (first > DurableSequence)
        {
            return false;
        }

        MissingRecords += Math.Min(last, DurableSequence) - first + 1;
        foreach (BlockLocation block in Blocks)
        {
            DoubtfulRecords += block.Header.RecordCount;
        }

        Blocks.Clear();
        FloorSequence = last + 1;
        return true;
    }

    private readonly record struct SegmentContent(SegmentHeader Header, List<BlockLocation> Blocks, List<BlockLocation> Standings);
}
