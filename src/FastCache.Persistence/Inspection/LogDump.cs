using System.Collections;
using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;

namespace FastCache.Persistence.Inspection;

/// <summary>Reads all records of a log that can be read, as they are, in the order of the log.</summary>
/// <remarks>
/// Which of them would come back is known from behind only. So the log is read twice, and a bit for each record is kept between.
/// </remarks>
internal sealed class LogDump
{
    private readonly RecordIndex _index = new();
    private readonly Dictionary<(string Segment, long Offset), BitArray> _comingBack = [];

    private LogDump()
    {
    }

    /// <exception cref="CacheLogException">The log cannot be read.</exception>
    public static async IAsyncEnumerable<LogDumpRecord> ReadAsync(
        InspectionSetup setup, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using LogInspection inspection = await Task.Run(() => LogInspection.Open(setup), cancellationToken).ConfigureAwait(false);
        inspection.RequireReadable();
        var dump = new LogDump();
        await Task.Run(() => dump.MarkEntries(inspection, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (SegmentReader segment in inspection.Scan.Segments)
        {
            foreach (BlockLocation block in Blocks(segment))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using MemoryOwner<byte>? content
                    = await Task.Run(() => inspection.Decoder.Read(block), CancellationToken.None).ConfigureAwait(false);
                bool isWhole = content is not null && dump._index.TryBuild(content.Span, block.Header.RecordCount);
                for (int at = 0; isWhole && at < dump._index.Count; at++)
                {
                    yield return dump.Read(content!.Span, at, block);
                }
            }
        }
    }

    private static List<BlockLocation> Blocks(SegmentReader segment)
    {
        var blocks = new List<BlockLocation>();
        segment.CollectBlocks(blocks, []);
        return blocks;
    }

    private void MarkEntries(LogInspection inspection, CancellationToken cancellationToken)
    {
        List<BlockLocation> blocks = inspection.Scan.Blocks;
        var walk = new EntryWalk(inspection);
        for (int next = blocks.Count - 1; next >= 0 && !walk.IsOver; next--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BlockHeader header = blocks[next].Header;
            using MemoryOwner<byte>? content = inspection.Decoder.Read(blocks[next]);
            if (content is null || !_index.TryBuild(content.Span, header.RecordCount))
            {
                return;
            }

            var marks = new BitArray(_index.Count);
            for (int at = _index.Count - 1; at >= 0 && !walk.IsOver; at--)
            {
                marks[at] = walk.ComesBack(_index.Read(content.Span, at), header.FirstSequence + (ulong)at);
            }

            _comingBack[(blocks[next].Segment.Name, blocks[next].Offset)] = marks;
        }
    }

    private LogDumpRecord Read(ReadOnlySpan<byte> content, int at, in BlockLocation block)
    {
        RecordView record = _index.Read(content, at);
        PutHeader header = record.Header;
        return new LogDumpRecord
        {
            Segment = block.Segment.Name,
            BlockOffset = block.Offset,
            Sequence = block.Header.FirstSequence + (ulong)at,
            Kind = (LogRecordKind)record.Kind,
            KeyDigest = record.KeyDigest,
            Key = record.Key.ToArray(),
            Value = record.Value.ToArray(),
            IsNull = header.IsNull,
            Tags = record.Kind switch
            {
                RecordKind.Put => TagList.Read(record.Text),
                RecordKind.RemoveTag => [TextBytes.Read(record.Text)],
                _ => [],
            },
            KeyPattern = record.Kind is RecordKind.RemovePrefix or RecordKind.RemovePattern ? TextBytes.Read(record.Text) : null,
            Deadline = header.Deadline == 0 ? null : Moment.Of(header.Deadline),
            IdleLimit = header.IdleLimit == 0 ? null : TimeSpan.FromTicks(header.IdleLimit),
            IdleEnd = header.IdleLimit == 0 ? null : Moment.Of(header.IdleEnd),
            Counts = _comingBack.TryGetValue((block.Segment.Name, block.Offset), out BitArray? marks) && marks[at],
        };
    }
}
