using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using Microsoft.Extensions.ObjectPool;

namespace FastCache.Persistence.Writing;

/// <summary>Brings staged blocks to the disk, in order: compresses, writes, syncs, acknowledges.</summary>
/// <remarks>
/// <para>One thread writes at a time and one syncs, not necessarily the same: what is written during a sync shares the next one.
/// Lock order: writing, then syncing. Neither is taken inside a turn.</para>
/// <para>The first failure ends it: nothing more is written or acknowledged, and a mark says that the log is out of date.</para>
/// </remarks>
internal sealed class LogWriter : IDisposable
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
    private readonly Lock _writing = new();
    private readonly Lock _syncing = new();

    // Under both locks.
    private Segment _segment;

    // Under the writing lock.
    private ulong _floor;

    // Written under the writing lock.
    private ulong _written;
    private int _hasFailed;
    private long _utcTicks;

    /// <param name="storage">Where.</param>
    /// <param name="identity">Of which log.</param>
    /// <param name="setup">How.</param>
    /// <param name="segment">A new segment.</param>
    /// <param name="start">Where it begins.</param>
    public LogWriter(IStorage storage, in LogIdentity identity, WriterSetup setup, Segment segment, in SegmentStart start)
    {
        _storage = storage;
        _identity = identity;
        _setup = setup;
        _segment = segment;
        _floor = start.FloorSequence;
        _written = start.FirstSequence - 1;
        _encoder = new BlockEncoder(setup.Codec);
        _blocks = new DefaultObjectPool<StagedBlock>(new StagedBlockPolicy(setup.BlockSize), setup.PooledBlocks);
        _room = new Room(setup.MaxStagedBytes);
        _staging = new Staging(start.FirstSequence, _blocks, _room, setup.Drops);
        Acknowledged = new Acknowledgements(_written);
        Counters.Segments = 1;
    }

    public Staging Staging => _staging;

    public Room Room => _room;

    /// <inheritdoc cref="WriterSetup.Drops"/>
    public bool Drops => _setup.Drops;

    public Acknowledgements Acknowledged { get; }

    public WriterCounters Counters { get; } = new();

    /// <summary>Whether it has ended.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed) != 0;

    /// <summary>Whether there is anything that is not durable.</summary>
    public bool IsBehind => !HasFailed && _staging.LastSequence > Acknowledged.DurableSequence;

    /// <summary>Writes full blocks, as many as make a group. False if there are none.</summary>
    public bool WriteGroup()
    {
        long utcTicks = UtcNow();
        lock (_writing)
        {
            return TryWriteGroup(utcTicks);
        }
    }

    /// <summary>Writes all that has been appended so far.</summary>
    public void WriteAll()
    {
        long utcTicks = UtcNow();
        lock (_writing)
        {
            WriteAll(utcTicks);
        }
    }

    /// <summary>The same, unless somebody is writing at this moment.</summary>
    public bool TryWriteAll()
    {
        long utcTicks = UtcNow();
        if (!_writing.TryEnter())
        {
            return false;
        }

        try
        {
            WriteAll(utcTicks);
            return true;
        }
        finally
        {
            _writing.Exit();
        }
    }

    /// <summary>Makes durable what has been written when it begins, and acknowledges it.</summary>
    public void Sync()
    {
        ulong durable;
        lock (_syncing)
        {
            durable = SyncWritten();
        }

        Acknowledged.Publish(durable);
    }

    /// <summary>Raises the floor that later segments state: nothing below a sequence counts.</summary>
    public void RaiseFloor(ulong sequence)
    {
        lock (_writing)
        {
            _floor = Math.Max(_floor, sequence);
        }
    }

    /// <summary>Writes and syncs everything, and leaves a mark that says so. The last sequence.</summary>
    public void Stop()
    {
        _staging.Close();
        WriteAll();
        Sync();
        lock (_writing)
        {
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
    private long UtcNow()
    {
        try
        {
            Volatile.Write(ref _utcTicks, _setup.TimeProvider.GetUtcNow().UtcTicks);
        }
        catch (Exception)
        {
            // The time of the last write is as good: it is only said to be no later.
        }

        return Volatile.Read(ref _utcTicks);
    }

    private void WriteAll(long utcTicks)
    {
        // Not what is appended meanwhile: whoever waits for a sync does not wait for that.
        ulong last = _staging.Seal();
        while (_written < last && TryWriteGroup(utcTicks))
        {
        }
    }

    private bool TryWriteGroup(long utcTicks)
    {
        _encoder.Clear();
        ulong last = _written;
        bool isAny = false;
        long taken = 0;
        while (_encoder.Length < GroupLength && _staging.Sealed.TryRead(out StagedBlock? block))
        {
            isAny = true;
            if (!HasFailed && Place(block, ref last, utcTicks))
            {
                last = block.LastSequence;
            }

            taken += block.Length;
            block.Begin(0);
            _blocks.Return(block);
        }

        Flush(last);

        // Not before: a disk that hangs must make the writers wait.
        _room.Free(taken);
        return isAny;
    }

    /// <summary>Encodes a block where it will be written, in a new segment if need be.</summary>
    private bool Place(StagedBlock block, ref ulong last, long utcTicks)
    {
        long offset = _segment.End + _encoder.Length;
        if (offset > SegmentHeader.Length && offset + BlockEncoder.MaxLength(block) > _setup.SegmentSize)
        {
            Flush(last);
            if (!TryRoll(utcTicks))
            {
                return false;
            }

            offset = _segment.End;
        }

        int stored = _encoder.Add(block, _segment.Salt, offset, Acknowledged.DurableSequence, utcTicks);
        Counters.Records += block.RecordCount;
        Counters.Blocks++;
        Counters.RawBytes += block.Length;
        Counters.StoredBytes += stored;
        return true;
    }

    private void Flush(ulong last)
    {
        if (_encoder.Length > 0 && !HasFailed)
        {
            StorageResult result = _segment.Append(_encoder.Encoded);
            if (!result.IsOk)
            {
                Fail(result);
            }
            else
            {
                Volatile.Write(ref _written, last);
            }
        }

        _encoder.Clear();
    }

    /// <summary>Goes on in a new segment. All of the old one is durable before anything is written to the new one.</summary>
    private bool TryRoll(long utcTicks)
    {
        ulong durable;
        lock (_syncing)
        {
            durable = SyncWritten();
            if (HasFailed)
            {
                return false;
            }

            var start = new SegmentStart(_segment.Id + 1, _written + 1, _written, _floor);
            StorageResult result = Segment.Create(
                _storage, _identity, start, _setup.NextSalt(), utcTicks, out Segment? next);
            if (!result.IsOk)
            {
                Fail(result);
                return false;
            }

            _segment.Dispose();
            _segment = next!;
            Counters.Segments++;
        }

        Acknowledged.Publish(durable);
        return true;
    }

    private ulong SyncWritten()
    {
        ulong written = Volatile.Read(ref _written);
        ulong durable = Acknowledged.DurableSequence;
        if (written <= durable || HasFailed)
        {
            return durable;
        }

        StorageResult result = _segment.Sync();
        Counters.Syncs++;
        if (!result.IsOk)
        {
            Fail(result);
            return durable;
        }

        return written;
    }

    /// <summary>Ends it: whoever waits is told, and so is the next one who opens the log.</summary>
    private void Fail(in StorageResult result)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) != 0)
        {
            return;
        }

        _staging.Close();
        if (_storage.Create(StaleFileName, expectedLength: 0, out IStorageFile? file).IsOk)
        {
            file!.Sync();
            file.Dispose();
            _storage.SyncDirectory();
        }

        var fault = new CacheLogException(
            $"The log in {_storage.Location} has failed: {result.Error}. The cache goes on without it.", result.Cause);
        Acknowledged.Fail(fault);
        _room.Close();
        _setup.OnFailure(fault);
    }
}
