using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Upkeep;

/// <summary>Keeps a log about as large as what its cache holds: writes again what the oldest segment has of it, so that the segment can go.</summary>
/// <remarks>
/// <para>A record is needed if the cache's entry is the one that it speaks of, which the cache knows by the record's sequence. It gets a new
/// sequence inside the turn of its entry, like any write; so a copy never overtakes a newer value or a removal.</para>
/// <para>What is copied is paid for by what is written: no more than a byte for a byte. A log that must not become longer, and has nothing to
/// pay with, forgets its oldest segment instead (<see cref="OldSegments.Take"/>).</para>
/// <para>After Rosenblum, Ousterhout 1992 ("The Design and Implementation of a Log-Structured File System"), cleaning in order of age.</para>
/// <para>Used by one thread at a time.</para>
/// </remarks>
internal sealed class Compactor<TKey, TValue> : IDisposable
    where TKey : notnull
{
    private readonly IStorage _storage;
    private readonly BlockDecoder _decoder;
    private readonly LogWriter _writer;
    private readonly LogJournal<TKey, TValue> _journal;
    private readonly Cache<TKey, TValue> _cache;
    private readonly CompactionBudget _budget;
    private readonly long _highMark;
    private readonly int _maxBlockLength;
    private readonly RecordIndex _index = new();
    private SegmentCopy? _copy;

    /// <param name="storage">Where the segments are.</param>
    /// <param name="codec">Decodes their blocks.</param>
    /// <param name="writer">Writes them.</param>
    /// <param name="journal">What is copied goes through it.</param>
    /// <param name="cache">Knows what is needed.</param>
    /// <param name="budget">What may be copied.</param>
    /// <param name="highMark">Bytes of all segments from which on it does not matter how much of them is needed.</param>
    /// <param name="maxBlockLength">What one block may cost.</param>
    public Compactor(
        IStorage storage,
        IBlockCodec codec,
        LogWriter writer,
        LogJournal<TKey, TValue> journal,
        Cache<TKey, TValue> cache,
        CompactionBudget budget,
        long highMark,
        int maxBlockLength)
    {
        _storage = storage;
        _decoder = new BlockDecoder(codec);
        _writer = writer;
        _journal = journal;
        _cache = cache;
        _budget = budget;
        _highMark = highMark;
        _maxBlockLength = maxBlockLength;
    }

    /// <summary>Whether a segment should go, and there is something to pay with.</summary>
    public bool IsDue => _budget.Allows(_maxBlockLength) && (IsMostlyDead || _writer.Length > _highMark) && _writer.Old.TryPeekKept(out _);

    // A record that is not needed is one that no entry is of: overwritten, removed, evicted or expired.
    private bool IsMostlyDead => _writer.Staging.LastSequence - _writer.Old.KeptAfter > 2 * (ulong)_cache.Count;

    /// <summary>Copies for as long as it is due.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        bool goesOn = true;
        while (goesOn && IsDue && !_writer.HasFailed && !_writer.Room.IsExhausted && !cancellationToken.IsCancellationRequested)
        {
            goesOn = TryStep();
        }
    }

    public void Dispose() => _copy?.Dispose();

    /// <summary>Copies what is needed of one block, or finishes a segment. False if the cache is no more.</summary>
    private bool TryStep()
    {
        if (!_writer.Old.TryPeekKept(out OldSegment oldest))
        {
            return true;
        }

        if (_copy?.Segment.Id != oldest.Id)
        {
            _copy?.Dispose();
            List<ulong> needed = _cache.CollectPositions(_writer.Old.KeptAfter + 1, oldest.LastSequence);
            _copy = SegmentCopy.Begin(_storage, oldest, needed);
        }

        // What has gone with the cache is not what nobody needs.
        if (_cache.IsClosed)
        {
            return false;
        }

        if (_copy.TryTakeBlock(out BlockLocation block, out ReadOnlySpan<ulong> positions))
        {
            Copy(block, positions);
            return true;
        }

        _copy.Dispose();
        _copy = null;
        _writer.Old.SetCopied(oldest.Id, _writer.Staging.LastSequence);
        _writer.Counters.CompactedSegments++;
        return true;
    }

    private void Copy(in BlockLocation block, ReadOnlySpan<ulong> positions)
    {
        using MemoryOwner<byte>? content = _decoder.Read(block);
        if (content is null || !_index.TryBuild(content.Span, block.Header.RecordCount))
        {
            // It has been damaged. What it held is forgotten when its segment goes; until then the next opening finds it.
            _writer.Counters.UnreadableBlocks++;
            return;
        }

        foreach (ulong position in positions)
        {
            RecordView record = _index.Read(content.Span, (int)(position - block.Header.FirstSequence));
            if (record.Kind == RecordKind.Put)
            {
                Copy(position, record);
            }
        }
    }

    private void Copy(ulong position, in RecordView record)
    {
        LogRecord<TKey, TValue> copy = LogRecord<TKey, TValue>.Copy(_journal, record);
        try
        {
            TKey key = _journal.Keys.Deserialize(record.Key);
            int length = copy.Length;
            if (_cache.TryWriteDownAgain(key, position, copy))
            {
                _budget.Spend(length);
                _writer.Counters.CopiedRecords++;
            }
        }
        catch (Exception)
        {
            // A serializer or a comparer that fails now: the entry stays in the cache, and its record goes.
        }

        copy.Release();
    }
}
