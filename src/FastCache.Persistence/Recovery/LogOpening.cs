using System.Globalization;
using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Recovery;

/// <summary>Opens a log: finds what counts, and begins a new segment that says so.</summary>
/// <remarks>
/// Until that segment is durable, nothing is changed that the next opening would need; from then on it alone says what counts. So an
/// opening may be interrupted anywhere.
/// </remarks>
internal sealed class LogOpening : IDisposable
{
    /// <summary>Ends the names of files with what could not be read.</summary>
    public const string QuarantineExtension = ".corrupted";

    private const int MaxQuarantinedFiles = 4;
    private const long MaxQuarantinedBytes = 256L << 20;

    private readonly IStorage _storage;

    private LogOpening(IStorage storage, LogScan scan, BlockDecoder decoder)
    {
        _storage = storage;
        Scan = scan;
        Decoder = decoder;
    }

    /// <summary>Reads the log's blocks.</summary>
    public BlockDecoder Decoder { get; }

    public LogScan Scan { get; }

    public LogDiscardReason Discarded { get; private set; }

    /// <summary>Segments that there were.</summary>
    public int FoundSegments { get; private set; }

    /// <summary>Segments that were left out because there were more than there may be.</summary>
    public int Forgotten { get; private set; }

    /// <summary>Files that were put aside.</summary>
    public int Quarantined { get; private set; }

    /// <summary>Of which log the new segment is.</summary>
    public LogIdentity Identity { get; private set; }

    /// <summary>Where it begins.</summary>
    public SegmentStart Start { get; private set; }

    /// <summary>The new segment.</summary>
    public Segment? Segment { get; private set; }

    /// <summary>The segments before it that are still there, the oldest first.</summary>
    public IReadOnlyList<OldSegment> Old { get; private set; } = [];

    /// <summary>Opens a log.</summary>
    /// <param name="storage">Where it is.</param>
    /// <param name="identity">What this process writes; its number is used for a log that is new.</param>
    /// <param name="recovery">What is done with one that exists.</param>
    /// <param name="setup">How it will be written.</param>
    /// <exception cref="CacheLogException">It cannot be opened.</exception>
    public static LogOpening Open(IStorage storage, in LogIdentity identity, LogRecovery recovery, WriterSetup setup)
    {
        StorageResult result = LogScan.Read(storage, out LogScan scan);
        var opening = new LogOpening(storage, scan, new BlockDecoder(setup.Codec));
        try
        {
            opening.Require(result, "read");
            opening.Prepare(identity, recovery);
            opening.Begin(setup);
            return opening;
        }
        catch
        {
            opening.Dispose();
            throw;
        }
    }

    /// <summary>Keeps a block that turned out to be damaged, for whoever wants to look into it.</summary>
    public void Quarantine(in BlockLocation block)
        => Quarantine(block.Segment, new DamagedRange(block.Offset, block.End));

    public void Dispose() => Scan.Dispose();

    private void Prepare(in LogIdentity identity, LogRecovery recovery)
    {
        SegmentHeader? newest = Scan.Newest;
        if (newest is { Features.MayWrite: false })
        {
            throw new CacheLogException($"The log in {_storage.Location} was written by a later version, with features that this one does not know.");
        }

        Identity = identity with { LogId = newest?.LogId ?? identity.LogId };
        Discarded = ReasonToDiscard(identity, recovery);
        if (recovery == LogRecovery.Strict && Discarded is LogDiscardReason.Unreadable or LogDiscardReason.Stale)
        {
            throw new CacheLogCorruptException($"The log in {_storage.Location} cannot be restored: {Discarded}.");
        }

        if (Discarded == LogDiscardReason.None)
        {
            TornEnd.Cut(Scan, Decoder);
            if (recovery == LogRecovery.Strict)
            {
                RequireAll();
            }
        }
    }

    private LogDiscardReason ReasonToDiscard(in LogIdentity identity, LogRecovery recovery)
    {
        if (Scan.Newest is not { } newest)
        {
            return Scan.Segments.Count > 0 ? LogDiscardReason.Unreadable : LogDiscardReason.None;
        }

        if (recovery == LogRecovery.Discard)
        {
            return LogDiscardReason.Requested;
        }

        if (Scan.IsStale)
        {
            return LogDiscardReason.Stale;
        }

        bool isReadable = newest.KeyFormat == identity.KeyFormat && newest.ValueFormat == identity.ValueFormat;
        return isReadable ? LogDiscardReason.None : LogDiscardReason.FormatChanged;
    }

    private void RequireAll()
    {
        for (int index = 0; index < Scan.Blocks.Count && Scan.MissingRecords == 0; index++)
        {
            using MemoryOwner<byte>? content = Decoder.Read(Scan.Blocks[index]);
            if (content is null)
            {
                Scan.DropThrough(index);
            }
        }

        if (Scan.MissingRecords > 0)
        {
            throw new CacheLogCorruptException(
                $"The log in {_storage.Location} is damaged: {Scan.MissingRecords} durable records cannot be read.");
        }
    }

    private void Begin(WriterSetup setup)
    {
        bool isDiscarded = Discarded != LogDiscardReason.None;
        FoundSegments = Scan.Segments.Count;
        if (!isDiscarded)
        {
            SecureEnd(setup.NextSalt);
        }

        if (Scan.MissingRecords > 0 || Discarded == LogDiscardReason.Unreadable)
        {
            foreach (SegmentReader segment in Scan.Segments)
            {
                segment.Damage.ForEach(range => Quarantine(segment, range));
            }
        }

        if (!isDiscarded)
        {
            ForgetOldest(setup.MaxLogSize);
        }

        ulong floor = isDiscarded ? Scan.UnusedSequence : Scan.FloorSequence;
        ulong previous = isDiscarded ? floor - 1 : Scan.LastSequence;
        ulong segmentId = Scan.Segments.Count == 0 ? 1 : Scan.Segments[^1].Id + 1;
        Start = new SegmentStart(segmentId, Math.Max(Scan.UnusedSequence, floor), previous, floor);
        StorageResult result = Segment.Create(
            _storage,
            Identity,
            Start,
            setup.NextSalt(),
            Math.Max(setup.TimeProvider.GetUtcNow().UtcTicks, Scan.NewestUtcTicks),
            out Segment? begun);
        Require(result, "begin a segment of");
        Segment = begun;

        // From here on the new segment is what counts. What is acknowledged must not meet the old marks after a power cut.
        Require(_storage.Delete(LogWriter.StaleFileName), "begin");
        Require(StopMarkFile.Remove(_storage), "begin");
        DeleteDead(isDiscarded);
    }

    /// <summary>Leaves out the oldest segments of a log that has become longer than it may be.</summary>
    private void ForgetOldest(long maxLength)
    {
        List<OldSegment> old = Needed();
        long length = old.Sum(static segment => segment.Length);
        for (; length > maxLength && Forgotten < old.Count; Forgotten++)
        {
            length -= old[Forgotten].Length;
        }

        if (Forgotten > 0)
        {
            Scan.Forget(old[Forgotten - 1].LastSequence + 1);
        }
    }

    /// <summary>The segments that are needed, the oldest first.</summary>
    private List<OldSegment> Needed()
    {
        var last = new Dictionary<SegmentReader, ulong>();
        foreach (BlockLocation part in Scan.Standings)
        {
            // A segment may hold nothing but what its policy knew.
            if (part.Header.LastSequence >= Scan.FloorSequence)
            {
                last[part.Segment] = part.Segment.Header!.Value.PreviousSequence;
            }
        }

        Scan.Blocks.ForEach(block => last[block.Segment] = block.Header.LastSequence);
        return [.. Scan.Segments.Where(last.ContainsKey).Select(segment => new OldSegment(segment.Id, last[segment], segment.Length))];
    }

    /// <summary>So that what the new segment says of the old ones is true.</summary>
    private void SecureEnd(Func<uint> nextSalt)
    {
        // What the policy knew is not spoken of by any later header.
        foreach (SegmentReader segment in Scan.Standings.Select(static part => part.Segment).Distinct())
        {
            Require(segment.Sync(), "sync");
        }

        StorageResult result = UnsyncedEnd.Move(_storage, Scan, Identity, nextSalt);

        // On a full disk there is no room for a copy, and a log that is synced where it is is better than none.
        Require(result.Error == StorageError.NoSpace ? SyncEnd() : result, "secure the end of");
    }

    private StorageResult SyncEnd()
    {
        StorageResult result = default;
        foreach (SegmentReader segment in Scan.Blocks.Where(block => block.Header.LastSequence > Scan.DurableSequence).Select(static block => block.Segment).Distinct())
        {
            result = result.IsOk ? segment.Sync() : result;
        }

        return result;
    }

    /// <summary>Deletes segments of which no block counts. It does no harm if they are still there next time.</summary>
    private void DeleteDead(bool isDiscarded)
    {
        Old = isDiscarded ? [] : Needed();
        HashSet<ulong> needed = [.. Old.Select(static segment => segment.Id)];
        foreach (SegmentReader segment in Scan.Segments)
        {
            // What another log has left here is not this one's to delete.
            if (!needed.Contains(segment.Id) && (segment.Header is null || segment.Header.Value.LogId == Identity.LogId))
            {
                segment.Dispose();
                _storage.Delete(segment.Name);
            }
        }

        Scan.Incomplete.ForEach(name => _storage.Delete(name));
    }

    private void Quarantine(SegmentReader segment, DamagedRange range)
    {
        if (!_storage.List(out IReadOnlyList<string> names).IsOk)
        {
            return;
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"{segment.Name}.{range.Begin:X}{QuarantineExtension}");
        int files = names.Count(static name => name.EndsWith(QuarantineExtension, StringComparison.Ordinal));
        long length = Math.Min(range.End, segment.Length) - range.Begin;
        if (files >= MaxQuarantinedFiles || length <= 0 || length > MaxQuarantinedBytes / MaxQuarantinedFiles || names.Contains(name))
        {
            return;
        }

        if (_storage.Create(name, length, out IStorageFile? file).IsOk)
        {
            using (file)
            {
                using MemoryOwner<byte> bytes = MemoryOwner<byte>.Allocate((int)length);
                int count = segment.ReadRaw(range.Begin, bytes.Span);
                file!.Write(0, bytes.Span[..count]);
                Quarantined++;
            }
        }
    }

    private void Require(in StorageResult result, string action)
    {
        if (!result.IsOk)
        {
            throw new CacheLogException($"Cannot {action} the log in {_storage.Location}: {result.Error}.", result.Cause);
        }
    }
}
