using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Writing;

internal sealed partial class LogWriter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // Since when there is no log, and how long before it is tried again. Written under both locks.
    private CacheLogException? _fault;
    private TimeSpan _pause;
    private long _pausedAt;

    // Whether the next one who opens the log will discard it, whatever is in it.
    private bool _isMarkedStale;

    /// <summary>Why nothing is written now; null if something is.</summary>
    public CacheLogException? Fault => Volatile.Read(ref _fault);

    /// <summary>Whether it is time to see if the disk works again.</summary>
    public bool IsResumeDue
    {
        get
        {
            if (!HasFailed || _isStopping)
            {
                return false;
            }

            NoteTime();
            return _setup.TimeProvider.GetElapsedTime(Volatile.Read(ref _pausedAt), Volatile.Read(ref _timestamp)) >= _pause;
        }
    }

    /// <summary>Begins the log anew, if the disk works again. What the cache held before is in it when it is written again.</summary>
    public void TryResume()
    {
        NoteTime();
        bool isResumed = false;
        lock (_writing)
        {
            lock (_syncing)
            {
                if (HasFailed && !_isStopping)
                {
                    isResumed = TryResumeNow();
                    _pause = isResumed ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Clamp(_pause.Ticks * 2, ShortestPause.Ticks, LongestPause.Ticks));
                    Volatile.Write(ref _pausedAt, Volatile.Read(ref _timestamp));
                }
            }
        }

        if (isResumed)
        {
            _setup.Tell(CacheLogEventKind.Resumed, $"The log in {_storage.Location} has begun anew.", null);
        }
    }

    private bool TryResumeNow()
    {
        // First what is not sealed: nothing old can be sealed any more.
        ulong first = _staging.Discard();
        while (_staging.Sealed.TryRead(out StagedBlock? block))
        {
            _room.Free(block.Length);
            Recycle(block);
        }

        // Whatever was written before does not count: the cache has gone on without it.
        _floor = first;
        var failed = new OldSegment(_segment.Id, _written, _segment.End);
        _segment.Dispose();
        if (_isMarkedStale)
        {
            // Nor would it if it came back. It may be all that fills the disk.
            Old.Take(ulong.MaxValue, maxLength: 0, _gone);
            _gone.Add(failed);
            TryDeleteGone(before: ulong.MaxValue);
        }

        if (!TryBegin(first, first - 1).IsOk)
        {
            return false;
        }

        // The log must not be discarded for its mark once anything in it is acknowledged. Without one, its header says the same.
        _isMarkedStale = false;
        StorageResult result = _storage.Delete(StaleFileName);
        result = result.IsOk ? _storage.SyncDirectory() : result;
        if (!result.IsOk)
        {
            _segment.Dispose();
            return false;
        }

        Old.Take(ulong.MaxValue, maxLength: 0, _gone);
        _gone.Add(failed);
        TryDeleteGone(before: ulong.MaxValue);
        _written = first - 1;
        _unsynced.Release(_written);
        Acknowledged.Resume(_written);
        Counters.Resumptions++;
        Volatile.Write(ref _hasFailed, 0);
        _room.Open();
        _staging.Resume();

        // Who sees this may write.
        Volatile.Write(ref _fault, null);
        return true;
    }

    /// <summary>Goes on in another file with all that is not durable; if that cannot be, the log has failed. Under the writing lock.</summary>
    private bool MendOrFail(in StorageResult result)
    {
        lock (_syncing)
        {
            if (HasFailed || !_segment.HasFailed)
            {
                // Somebody else has seen to it.
                return !HasFailed;
            }

            if (!TryMend(result))
            {
                Fail(result);
                return false;
            }
        }

        _setup.Tell(
            CacheLogEventKind.Mended, $"A file of the log in {_storage.Location} has failed: {result.Error}. It goes on in another.", Faulted(result));
        return true;
    }

    /// <summary>Under both locks.</summary>
    private bool TryMend(in StorageResult result)
    {
        ulong durable = Acknowledged.DurableSequence;
        StagedBlock[]? blocks = _unsynced.Since(durable);
        if (blocks is null || (result.Error == StorageError.NoSpace && !TryFreeSpace()))
        {
            return false;
        }

        // The same records in the same places: the next segment says that those of the file that has failed do not count.
        Retire(durable);
        Volatile.Write(ref _written, durable);
        if (!TryBegin(durable + 1, durable).IsOk || !TryRewrite(blocks))
        {
            return false;
        }

        Counters.Mends++;
        return true;
    }

    private bool TryRewrite(StagedBlock[] blocks)
    {
        ulong last = _written;
        foreach (StagedBlock block in blocks)
        {
            if (!HasRoomFor(block))
            {
                if (!TrySyncEncoded(last))
                {
                    return false;
                }

                Retire(last);
                if (!TryBegin(last + 1, last).IsOk)
                {
                    return false;
                }
            }

            Encode(block);
            last = block.RecordCount > 0 ? block.LastSequence : last;
        }

        if (!TrySyncEncoded(last))
        {
            return false;
        }

        // Not before: blocks that are no records are released with the records before them.
        _unsynced.Release(last);
        return true;
    }

    private bool TrySyncEncoded(ulong last)
    {
        StorageResult result = WriteEncoded();
        result = result.IsOk ? _segment.Sync() : result;
        if (!result.IsOk)
        {
            return false;
        }

        Volatile.Write(ref _written, last);
        Acknowledged.Publish(last);
        return true;
    }

    /// <summary>Under the writing lock: deletes the oldest segment to make room on the disk. False if there is none.</summary>
    /// <remarks>
    /// It is deleted before any header says that it does not count, since there is no room for one. Nothing is older, so nothing wrong comes
    /// back if it is lost; and if it is still there after a power cut, it is as good as before. The newest one stays, though it may not be
    /// written any more: it says that what is older is incomplete.
    /// </remarks>
    private bool TryFreeSpace()
    {
        _hasUnstatedFloor = true;
        if (TryDeleteGone(before: _segment.Id))
        {
            return true;
        }

        if (!Old.TryTakeOldest(before: _segment.Id, out OldSegment oldest))
        {
            return false;
        }

        _floor = Math.Max(_floor, oldest.LastSequence + 1);
        NoteForgotten(1, "the disk is full");
        _storage.Delete(SegmentName.Of(oldest.Id));
        return true;
    }

    private void NoteForgotten(int segments, string reason)
    {
        if (segments > 0)
        {
            Counters.ForgottenSegments += segments;
            _setup.Tell(
                CacheLogEventKind.Forgotten, $"The oldest part of the log in {_storage.Location} was deleted, because {reason}.", null);
        }
    }

    /// <summary>Ends it for now: whoever waits is told, and so is the next one who opens the log.</summary>
    private void Fail(in StorageResult result)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) != 0)
        {
            return;
        }

        CacheLogException fault = Faulted(result);
        Volatile.Write(ref _fault, fault);
        _staging.Fail();
        _encoder.Clear();
        _encoded.ForEach(Recycle);
        _encoded.Clear();
        _isMarkedStale = _storage.Create(StaleFileName, expectedLength: 0, out IStorageFile? file).IsOk
            && file!.Sync().IsOk
            && _storage.SyncDirectory().IsOk;
        file?.Dispose();

        Volatile.Write(ref _pausedAt, Volatile.Read(ref _timestamp));
        _pause = ShortestPause;
        Acknowledged.Fail(fault);
        _room.Close();
        _setup.Tell(CacheLogEventKind.Degraded, fault.Message, fault);
    }

    private CacheLogException Faulted(in StorageResult result)
        => new($"The log in {_storage.Location} has failed: {result.Error}. The cache goes on without it.", result.Cause);
}
