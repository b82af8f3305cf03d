using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;

namespace FastCache.Persistence.Inspection;

/// <summary>Reads every block of a log, from the newest to the oldest, and sums up what is in them.</summary>
internal sealed class LogVerifier
{
    private readonly LogInspection _inspection;
    private readonly EntryWalk _walk;
    private readonly RecordIndex _index = new();
    private readonly VerificationMeter _meter;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<byte, long> _blocksByCodec = [];
    private int _counting;
    private long _passedOver;
    private long _puts;
    private long _removes;
    private long _clears;
    private long _bulkRemoves;
    private long _rawBytes;
    private long _storedBytes;
    private long _oldestTicks = long.MaxValue;

    private LogVerifier(LogInspection inspection, IProgress<LogVerificationProgress>? progress, CancellationToken cancellationToken)
    {
        _inspection = inspection;
        _walk = new EntryWalk(inspection);
        _meter = new VerificationMeter(progress, inspection.Scan.Segments.Sum(static segment => segment.Length));
        _cancellationToken = cancellationToken;
        _counting = inspection.Scan.Blocks.Count - 1;
    }

    public static LogVerification Verify(
        InspectionSetup setup, IProgress<LogVerificationProgress>? progress, CancellationToken cancellationToken)
    {
        using LogInspection inspection = LogInspection.Open(setup);
        return new LogVerifier(inspection, progress, cancellationToken).Run();
    }

    private LogVerification Run()
    {
        var segments = new LogSegmentVerification[_inspection.Scan.Segments.Count];
        long read = 0;
        for (int index = segments.Length - 1; index >= 0; index--)
        {
            segments[index] = Verify(index);
            read += segments[index].Length;
            _meter.Complete(segments[index].Name, read);
        }

        return Summary(segments);
    }

    private LogSegmentVerification Verify(int index)
    {
        var tally = new SegmentTally(_inspection, index);
        if (tally.BelongsToLog)
        {
            _oldestTicks = Math.Min(_oldestTicks, _inspection.Scan.Segments[index].Header!.Value.UtcTicks);
        }

        for (int at = tally.Blocks.Count - 1; at >= 0; at--)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            FoundBlock block = tally.Blocks[at];
            if (block.HoldsRecords)
            {
                VerifyRecords(tally, block);
            }
            else
            {
                PassOver(tally, block);
            }

            _meter.Advance(block.Location.Segment.Name, block.Location.Header.TotalLength);
        }

        return tally.Finish();
    }

    private void PassOver(SegmentTally tally, in FoundBlock block)
    {
        if (block.Location.Header.Kind == BlockKind.Standings)
        {
            VerifyStandings(tally, block);
            return;
        }

        _passedOver += tally.BelongsToLog ? 1 : 0;
        using MemoryOwner<byte>? stored = BlockDecoder.ReadStored(block.Location);
        if (stored is null)
        {
            tally.Damaged(block, LogDamageKind.StoredBytes);
        }
    }

    private void VerifyStandings(SegmentTally tally, in FoundBlock block)
    {
        using MemoryOwner<byte>? content = _inspection.Decoder.Read(block.Location);
        if (content is null)
        {
            tally.Damaged(block, Diagnose(block.Location));
        }
        else if (!StandingsPart.TryRead(content.Span, out _))
        {
            // Whole, but of somebody who means something else by this kind.
            _passedOver += tally.BelongsToLog ? 1 : 0;
        }
    }

    private void VerifyRecords(SegmentTally tally, in FoundBlock block)
    {
        BlockHeader header = block.Location.Header;
        bool counts = !_walk.IsOver && _counting >= 0 && _inspection.Scan.Blocks[_counting].IsAt(block.Location);
        int counting = counts ? _counting-- : -1;
        using MemoryOwner<byte>? content = _inspection.Decoder.Read(block.Location);
        bool isWhole = content is not null && _index.TryBuild(content.Span, header.RecordCount);
        if (!isWhole)
        {
            tally.Damaged(block, content is null ? Diagnose(block.Location) : LogDamageKind.Records);
            if (counts)
            {
                _walk.Break(counting);
            }

            return;
        }

        tally.Count(header);
        if (!tally.BelongsToLog)
        {
            return;
        }

        _blocksByCodec[header.Codec] = _blocksByCodec.GetValueOrDefault(header.Codec) + 1;
        _rawBytes += header.RawLength;
        _storedBytes += header.StoredLength;
        Count(content!.Span, header, counts);
    }

    private void Count(ReadOnlySpan<byte> content, in BlockHeader header, bool counts)
    {
        for (int at = _index.Count - 1; at >= 0; at--)
        {
            RecordView record = _index.Read(content, at);
            _puts += record.Kind == RecordKind.Put ? 1 : 0;
            _removes += record.Kind == RecordKind.Remove ? 1 : 0;
            _clears += record.Kind == RecordKind.Clear ? 1 : 0;
            _bulkRemoves += record.Kind is RecordKind.RemoveTag or RecordKind.RemovePrefix or RecordKind.RemovePattern ? 1 : 0;
            if (counts)
            {
                _walk.ComesBack(record, header.FirstSequence + (ulong)at);
            }
        }
    }

    private LogDamageKind Diagnose(in BlockLocation block)
    {
        using MemoryOwner<byte>? stored = BlockDecoder.ReadStored(block);
        return stored is null ? LogDamageKind.StoredBytes
            : _inspection.Decoder.Knows(block.Header.Codec) ? LogDamageKind.Content
            : LogDamageKind.UnknownCodec;
    }

    private LogVerification Summary(LogSegmentVerification[] segments)
    {
        LogScan scan = _inspection.Scan;
        SegmentHeader newest = scan.Newest ?? default;
        QuarantinedFiles quarantined = QuarantinedFiles.In(_inspection);
        LogDamage[] damage = [.. segments.SelectMany(static segment => segment.Damage), .. _inspection.StopMarkDamage()];
        return new LogVerification
        {
            Directory = _inspection.Location,
            IsReadable = _inspection.IsReadable,
            IsWritable = _inspection.IsReadable && newest.Features.MayWrite,
            LogId = newest.LogId,
            KeyFormat = newest.KeyFormat,
            ValueFormat = newest.ValueFormat,
            CompatibleFeatures = newest.Features.Compatible,
            ReadOnlyCompatibleFeatures = newest.Features.ReadOnlyCompatible,
            IncompatibleFeatures = newest.Features.Incompatible,
            Segments = segments,
            Damage = damage,
            BlocksByCodec = _blocksByCodec,
            PassedOverBlocks = _passedOver,
            Puts = _puts,
            Removes = _removes,
            Clears = _clears,
            BulkRemoves = _bulkRemoves,
            RawBytes = _rawBytes,
            StoredBytes = _storedBytes,
            FloorSequence = scan.FloorSequence,
            LastSequence = scan.LastSequence,
            DurableSequence = scan.DurableSequence,
            WasStopped = scan.WasStopped,
            IsStale = scan.IsStale,
            Entries = _walk.Entries,
            Expired = _walk.Expired,
            Superseded = _walk.Superseded,
            GivenUp = _walk.GivenUp,
            Torn = (long)scan.TornRecords,
            Missing = (long)scan.MissingRecords,
            Doubtful = (long)scan.DoubtfulRecords,
            QuarantinedFiles = quarantined.Count,
            QuarantinedBytes = quarantined.Bytes,
            OldestTime = scan.Newest is null ? null : Moment.Of(_oldestTicks),
            NewestTime = scan.Newest is null ? null : Moment.Of(Math.Max(scan.NewestUtcTicks, newest.UtcTicks)),
        };
    }
}
