using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Journaling;
using FastCache.Persistence.Format;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Recovery;

/// <summary>Puts a log's entries back into a cache, the newest first, while the cache is in use.</summary>
/// <remarks>
/// The first record of a key that is met is the newest: whatever it says, older ones do not count. So it may stop anywhere, and stops
/// where the cache is full, at a clear, and at a block that cannot be read.
/// </remarks>
internal sealed class LogRestorer<TKey, TValue>
    where TKey : notnull
{
    // A cache has many shards, and one may be full long before the others are.
    private const int MaxRefusedInARow = 1 << 16;

    private readonly LogOpening _opening;
    private readonly Cache<TKey, TValue> _cache;
    private readonly LogJournal<TKey, TValue> _journal;
    private readonly NewestFirst _newestFirst;
    private readonly RecordIndex _index = new();
    private readonly RestoredRecord _record = new();
    private readonly long _utcNow;
    private RestoredStandings? _standings;
    private PreferredEntries? _preferred;
    private int _refusedInARow;

    /// <param name="opening">The log.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="journal">Who knows what has been written since.</param>
    /// <param name="utcNow">The time.</param>
    public LogRestorer(
        LogOpening opening, Cache<TKey, TValue> cache, LogJournal<TKey, TValue> journal, long utcNow)
    {
        _opening = opening;
        _cache = cache;
        _journal = journal;

        // No more than what is in the log, and hardly more than the cache takes.
        _newestFirst = new NewestFirst((int)Math.Min(opening.Scan.Blocks.Sum(static block => block.Header.RecordCount), cache.Capacity));

        // The wall clock may have been set back: what has expired by the log's own time has expired.
        _utcNow = Math.Max(utcNow, opening.Scan.NewestUtcTicks);
    }

    public RestoreCounters Counters { get; } = new();

    /// <summary>Restores on the calling thread.</summary>
    /// <param name="decodeAhead">How many blocks are decoded meanwhile on the thread pool; 0 for none.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public void Restore(int decodeAhead, CancellationToken cancellationToken)
    {
        BeginWithStandings();
        List<BlockLocation> blocks = _opening.Scan.Blocks;
        var ahead = new Queue<Task<MemoryOwner<byte>?>>();
        int next = blocks.Count - 1;
        bool goesOn = true;
        for (int index = blocks.Count - 1; index >= 0 && goesOn; index--)
        {
            for (; decodeAhead > 0 && next >= 0 && ahead.Count < decodeAhead; next--)
            {
                BlockLocation block = blocks[next];
                ahead.Enqueue(Task.Run(() => _opening.Decoder.Read(block), CancellationToken.None));
            }

            using MemoryOwner<byte>? content = decodeAhead > 0 ? ahead.Dequeue().GetAwaiter().GetResult() : _opening.Decoder.Read(blocks[index]);
            if (content is null || !_index.TryBuild(content.Span, blocks[index].Header.RecordCount))
            {
                _opening.Quarantine(blocks[index]);
                _opening.Scan.DropThrough(index);
                break;
            }

            goesOn = Apply(content.Span, blocks[index].Header) && !cancellationToken.IsCancellationRequested;
        }

        while (ahead.TryDequeue(out Task<MemoryOwner<byte>?>? unused))
        {
            unused.GetAwaiter().GetResult()?.Dispose();
        }

        if (_standings is not null)
        {
            _cache.Rearrange(_standings);
        }
    }

    /// <summary>If the log knows who was in the cache: no more of them than it holds now, the hottest.</summary>
    private void BeginWithStandings()
    {
        _standings = RestoredStandings.Read(_opening.Scan, _opening.Decoder);
        if (_standings is null)
        {
            return;
        }

        _preferred = new PreferredEntries(_standings.Count, _cache.Capacity, _standings.WindowShare);
        if (_standings.WindowShare > 0)
        {
            _cache.SetWindowShare(_standings.WindowShare);
        }
    }

    /// <summary>Applies a block's records, the last one first. False if nothing older counts.</summary>
    private bool Apply(ReadOnlySpan<byte> content, in BlockHeader header)
    {
        long now = _cache.Now;
        Counters.BytesRead += content.Length;
        for (int index = _index.Count - 1; index >= 0; index--)
        {
            ulong position = header.FirstSequence + (ulong)index;
            if (position < _opening.Scan.FloorSequence || (position <= _standings?.AsOf && _preferred!.AreAllFound))
            {
                return false;
            }

            RecordView record = _index.Read(content, index);
            Counters.Read++;
            switch (_newestFirst.Judge(record))
            {
                case RecordFate.End:
                    return false;
                case RecordFate.Superseded:
                    Counters.Superseded++;
                    break;
                case RecordFate.Removed:
                    Counters.Superseded++;
                    Takes(record, position, out _, out _);
                    break;
                case RecordFate.Newest when !Apply(record, position, now):
                    return false;
            }
        }

        return true;
    }

    /// <summary>Applies the newest record of a key. False if there is no point in going on.</summary>
    private bool Apply(in RecordView record, ulong position, long now)
    {
        if (!Takes(record, position, out int rank, out EntryStanding standing))
        {
            Counters.GivenUp += record.Kind == RecordKind.Put ? 1 : 0;
            return true;
        }

        if (record.Kind != RecordKind.Put)
        {
            return true;
        }

        long restored = Counters.Restored;
        bool goesOn = Put(record, position, standing, now);
        if (Counters.Restored > restored)
        {
            _preferred?.NoteTaken(rank);
            if (rank >= 0)
            {
                _standings!.NoteRestored(position, rank);
            }
        }

        return goesOn;
    }

    /// <summary>Whether the entry of a key is to be taken back, by where it stood. Asked of each key's newest record.</summary>
    private bool Takes(in RecordView record, ulong position, out int rank, out EntryStanding standing)
    {
        standing = default;
        rank = _standings?.Find(record.KeyDigest, out standing) ?? -1;
        return _standings is null || _preferred!.Takes(rank, isOlder: position <= _standings.AsOf);
    }

    /// <summary>Restores an entry. False if there is no point in going on.</summary>
    private bool Put(in RecordView record, ulong position, in EntryStanding standing, long now)
    {
        PutHeader header = record.Header;
        if (header.ExpiresAt <= _utcNow)
        {
            Counters.Expired++;
            return true;
        }

        switch (TryRestore(record, position, standing, now))
        {
            case RestoreOutcome.Restored:
                Counters.Restored++;
                _refusedInARow = 0;
                return true;
            case RestoreOutcome.Expired:
                Counters.Expired++;
                return true;
            case RestoreOutcome.Outdated:
                Counters.Outdated++;
                return true;
            case RestoreOutcome.NoRoom:
                Counters.NoRoom++;
                return ++_refusedInARow < MaxRefusedInARow;
            case RestoreOutcome.Closed:
                return false;
            default:
                Counters.Faulted++;
                return true;
        }
    }

    /// <summary>Null if the application's code has failed.</summary>
    private RestoreOutcome? TryRestore(in RecordView record, ulong position, in EntryStanding standing, long now)
    {
        try
        {
            PutHeader header = record.Header;
            TKey key = _journal.Keys.Deserialize(record.Key);
            TValue value = header.IsNull ? default! : _journal.Values.Deserialize(record.Value);
            long deadline = header.Deadline == 0 ? 0 : now + (header.Deadline - _utcNow);
            _record.Position = position;
            var journaled = new JournaledEntry(record.KeyDigest, _record, standing, TagList.Read(record.Text));
            return _cache.TryRestore(key, value, deadline, header.IdleLimit, now, journaled);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
