using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using Microsoft.Extensions.ObjectPool;

namespace FastCache.Persistence.Writing;

/// <summary>Brings staged blocks to the disk, in order: compresses, writes, syncs, acknowledges.</summary>
/// <remarks>
/// <para>One thread writes at a time and one syncs, not necessarily the same: what is written during a sync shares the next one.
/// Lock order: writing, then syncing. Neither is taken inside a turn.</para>
/// <para>A file that fails is not touched again: what is not durable is written to the next one. If that fails too, the log has failed: a mark
/// says that it is out of date, and it may begin anew later.</para>
/// </remarks>
internal sealed partial class LogWriter : IDisposable
{
    /// <summary>The name of the file that says that the cache has gone on without its log.</summary>
    public const string StaleFileName = "STALE";

    // What is compressed before it is written at once.
    private const int GroupLength = 2 << 20;

    private readonly IStorage _storage;
    private readonly LogIdentity _identity;
    private readonly WriterSetup _setup;
    private readonly Staging _staging;
    private readonly Room _room;
    private readonly ObjectPool<StagedBlock> _blocks;
    private readonly BlockEncoder _encoder;
    private readonly UnsyncedBlocks _unsynced;
    private readonly Lock _writing = new();
    private readonly Lock _syncing = new();

    // Under both locks.
    private Segment _segment;
    private ulong _nextSegmentId;

    // Under the writing lock.
    private readonly List<StagedBlock> _encoded = [];
    private readonly List<OldSegment> _gone = [];
    private ulong _floor;
    private bool _hasUnstatedFloor;
    private bool _isStopping;

    // Written under the writing lock.
    private ulong _written;
    private bool _hasUnsyncedAside;
    private int _hasFailed;
    private long _utcTicks;
    private long _timestamp;

    /// <param name="storage">Where.</param>
    /// <param name="identity">Of which log.</param>
    /// <param name="setup">How.</param>
    /// <param name="segment">A new segment.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="old">The segments before it, the oldest first.</param>
    /// <param name="forgotten">How many there were before them, and had to be left out.</param>
    public LogWriter(
        IStorage storage,
        in LogIdentity identity,
        WriterSetup setup,
        Segment segment,
        in SegmentStart start,
        IEnumerable<OldSegment> old,
        int forgotten)
    {
        _storage = storage;
        _identity = identity;
        _setup = setup;
        _segment = segment;
        _nextSegmentId = segment.Id + 1;
        _floor = start.FloorSequence;
        _written = start.FirstSequence - 1;
        _encoder = new BlockEncoder(setup.Codec);
        _blocks = new DefaultObjectPool<StagedBlock>(new StagedBlockPolicy(setup.BlockSize), setup.PooledBlocks);
        _unsynced = new UnsyncedBlocks(setup.MaxUnsyncedBytes, Recycle);
        _room = new Room(setup.MaxStagedBytes);
        _staging = new Staging(start.FirstSequence, _blocks, _room, setup.Drops);
        Acknowledged = new Acknowledgements(_written);
        Old = new OldSegments(start.FloorSequence);
        foreach (OldSegment each in old)
        {
            Old.Add(each);
        }

        Counters.Segments = 1;
        Counters.ForgottenSegments = forgotten;
    }

    public Staging Staging => _staging;

    public Room Room => _room;

    /// <inheritdoc cref="WriterSetup.Drops"/>
    public bool Drops => _setup.Drops;

    public Acknowledgements Acknowledged { get; }

    /// <summary>The segments before the one that is written.</summary>
    public OldSegments Old { get; }

    public WriterCounters Counters { get; } = new();

    /// <summary>What is done beside the writing; null for nothing.</summary>
    public IUpkeep? Upkeep { get; set; }

    /// <summary>Whether nothing is written now.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed) != 0;

    /// <summary>Whether there is anything that is not durable.</summary>
    public bool IsBehind => !HasFailed && _staging.LastSequence > Acknowledged.DurableSequence;

    /// <summary>Whether so much was written since the last sync that it is time for the next.</summary>
    public bool WantsSync => _unsynced.IsHalfFull;

    /// <summary>Writes full blocks, as many as make a group. False if there are none.</summary>
    public bool WriteGroup()
    {
        NoteTime();
        lock (_writing)
        {
            return TryWriteGroup();
        }
    }

    /// <summary>Writes all that has been appended so far.</summary>
    public void WriteAll()
    {
        NoteTime();
        lock (_writing)
        {
            WriteAllStaged();
        }
    }

    /// <summary>The same, unless somebody is writing at this moment.</summary>
    public bool TryWriteAll()
    {
        NoteTime();
        if (!_writing.TryEnter())
        {
            return false;
        }

        try
        {
            WriteAllStaged();
            return true;
        }
        finally
        {
            _writing.Exit();
        }
    }

    /// <summary>Writes blocks that are no records. They count for what they are worth after whatever was written before.</summary>
    public void WriteAside(IEnumerable<StagedBlock> blocks)
    {
        NoteTime();
        lock (_writing)
        {
            foreach (StagedBlock block in blocks)
            {
                if (HasFailed || !TryPlace(block))
                {
                    Recycle(block);
                }
                else if (_encoder.Length > GroupLength)
                {
                    Flush();
                }
            }

            Flush();
            Volatile.Write(ref _hasUnsyncedAside, true);
        }
    }

    /// <summary>An empty block for <see cref="WriteAside"/>.</summary>
    public StagedBlock TakeBlock() => _blocks.Get();

    /// <summary>Makes durable what has been written when it begins, and acknowledges it.</summary>
    public void Sync()
    {
        StorageResult result;
        lock (_syncing)
        {
            result = SyncWritten();
        }

        if (!result.IsOk)
        {
            NoteTime();
            lock (_writing)
            {
                MendOrFail(result);
            }
        }
    }

    /// <summary>Writes and syncs everything, and leaves a mark that says so.</summary>
    /// <param name="aside">What is written behind the last record.</param>
    public void Stop(IEnumerable<StagedBlock> aside)
    {
        _staging.Close();
        lock (_writing)
        {
            _isStopping = true;
        }

        WriteAll();
        WriteAside(aside);
        Sync();
        lock (_writing)
        {
            if (!HasFailed && _hasUnstatedFloor)
            {
                TryRoll();
            }

            if (!HasFailed)
            {
                StopMarkFile.Write(_storage, new StopMark(_identity.LogId, _written));
            }
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            lock (_syncing)
            {
                _segment.Dispose();
            }

            _encoder.Dispose();
        }
    }

    /// <summary>User code, so not under the locks. On the log's own threads there is nobody to tell that it has thrown.</summary>
    private void NoteTime()
    {
        try
        {
            Volatile.Write(ref _utcTicks, _setup.TimeProvider.GetUtcNow().UtcTicks);
            Volatile.Write(ref _timestamp, _setup.TimeProvider.GetTimestamp());
        }
        catch (Exception)
        {
            // The time of the last write is as good: it is only said to be no later.
        }
    }

    private void WriteAllStaged()
    {
        // Not what is appended meanwhile: whoever waits for a sync does not wait for that.
        ulong last = _staging.Seal();
        while (_written < last && TryWriteGroup())
        {
        }
    }

    private bool TryWriteGroup()
    {
        bool isAny = false;
        long taken = 0;
        while (_encoder.Length < GroupLength && _staging.Sealed.TryRead(out StagedBlock? block))
        {
            isAny = true;
            taken += block.Length;
            if (HasFailed || !TryPlace(block))
            {
                Recycle(block);
            }
        }

        Flush();

        // Not before: a disk that hangs must make the writers wait.
        _room.Free(taken);
        return isAny;
    }

    /// <summary>Encodes a block where it will be written, in a new segment if need be.</summary>
    private bool TryPlace(StagedBlock block)
    {
        if (!HasRoomFor(block))
        {
            Flush();
            if (HasFailed || (!HasRoomFor(block) && !TryRoll()))
            {
                return false;
            }
        }

        int stored = Encode(block);
        _encoded.Add(block);
        Counters.Records += block.RecordCount;
        Counters.Blocks++;
        Counters.RawBytes += block.Length;
        Counters.StoredBytes += stored;
        return true;
    }

    private int Encode(StagedBlock block)
        => _encoder.Add(block, _segment.Salt, _segment.End + _encoder.Length, Acknowledged.DurableSequence, Volatile.Read(ref _utcTicks));

    private void Flush()
    {
        if (_encoder.Length == 0)
        {
            return;
        }

        StorageResult result = WriteEncoded();
        ulong last = _written;
        foreach (StagedBlock block in _encoded)
        {
            last = block.RecordCount > 0 ? block.LastSequence : last;
            _unsynced.Add(block, last);
        }

        _encoded.Clear();
        if (result.IsOk)
        {
            Volatile.Write(ref _written, last);
            _unsynced.Trim();
        }
        else
        {
            _segment.SetFailed();
            MendOrFail(result);
        }
    }

    private StorageResult WriteEncoded()
    {
        StorageResult result = _segment.Append(_encoder.Encoded);
        while (result.Error == StorageError.NoSpace && TryFreeSpace())
        {
            // What a write has left of itself before it failed is written over: nobody was told of it.
            result = _segment.Append(_encoder.Encoded);
        }

        _encoder.Clear();
        return result;
    }

    private StorageResult SyncWritten()
    {
        ulong written = Volatile.Read(ref _written);
        ulong durable = Acknowledged.DurableSequence;
        bool hasAside = Volatile.Read(ref _hasUnsyncedAside);
        if (HasFailed || (written <= durable && !hasAside))
        {
            return default;
        }

        StorageResult result = _segment.Sync();
        Counters.Syncs++;
        if (!result.IsOk)
        {
            _segment.SetFailed();
            return result;
        }

        Volatile.Write(ref _hasUnsyncedAside, false);
        Acknowledged.Publish(written);
        _unsynced.Release(written);
        return result;
    }

    private void Recycle(StagedBlock block)
    {
        block.Begin(0);
        _blocks.Return(block);
    }
}
