using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Writing;

/// <content>Which segment is written, and which old ones go.</content>
internal sealed partial class LogWriter
{
    /// <summary>Bytes of all segments.</summary>
    public long Length => Old.Length + Volatile.Read(ref _segment).End;

    /// <summary>How many they are.</summary>
    public int LiveSegments => Old.Count + 1;

    /// <summary>Whether a good part of what is on the disk can be freed by going on in a new segment.</summary>
    public bool IsTrimWorthwhile => !HasFailed && (Old.CopiedLength > Length / 2 || Length > _setup.MaxLogSize);

    /// <summary>Goes on in a new segment if that frees a good part of what is on the disk.</summary>
    public void TrimIfWorthwhile()
    {
        if (IsTrimWorthwhile)
        {
            WriteAll();
            lock (_writing)
            {
                if (!HasFailed && !_isStopping)
                {
                    TryRoll();
                }
            }
        }
    }

    /// <summary>Raises the floor that later segments state: nothing below a sequence counts.</summary>
    public void RaiseFloor(ulong sequence)
    {
        lock (_writing)
        {
            _floor = Math.Max(_floor, sequence);
        }
    }

    private bool HasRoomFor(StagedBlock block)
    {
        long offset = _segment.End + _encoder.Length;

        // What was deleted for want of space looks like damage until a header says that it does not count.
        return offset == SegmentHeader.Length || (!_hasUnstatedFloor && offset + BlockEncoder.MaxLength(block) <= _setup.SegmentSize);
    }

    /// <summary>Goes on in a new segment. All of the old one is durable before anything is written to the new one.</summary>
    private bool TryRoll()
    {
        lock (_syncing)
        {
            StorageResult result = SyncWritten();
            if (!result.IsOk)
            {
                return MendOrFail(result);
            }

            Retire(_written);
            int forgotten = Old.Take(_written, _setup.MaxLogSize - _setup.SegmentSize, _gone);
            NoteForgotten(forgotten, "it would have become longer than allowed");
            _floor = _gone.Count > 0 ? Math.Max(_floor, _gone[^1].LastSequence + 1) : _floor;
            result = TryBegin(_written + 1, _written);
            if (!result.IsOk)
            {
                Fail(result);
                return false;
            }

            TryDeleteGone(before: ulong.MaxValue);
            return true;
        }
    }

    /// <summary>Under both locks: begins a segment.</summary>
    private StorageResult TryBegin(ulong first, ulong previous)
    {
        while (true)
        {
            var start = new SegmentStart(_nextSegmentId++, first, previous, _floor);
            StorageResult result = Segment.Create(
                _storage, _identity, start, _setup.NextSalt(), Volatile.Read(ref _utcTicks), out Segment? next);
            if (result.IsOk)
            {
                Volatile.Write(ref _segment, next!);
                _hasUnstatedFloor = false;
                Counters.Segments++;
                return result;
            }

            // What there is of it says nothing that would not be true.
            _storage.Delete(SegmentName.Of(start.SegmentId));
            if (result.Error != StorageError.NoSpace || !TryFreeSpace())
            {
                return result;
            }
        }
    }

    /// <summary>Under both locks: the segment is not written any more.</summary>
    private void Retire(ulong lastSequence)
    {
        Old.Add(new OldSegment(_segment.Id, lastSequence, _segment.End));
        _segment.Dispose();
    }

    private bool TryDeleteGone(ulong before)
        => _gone.RemoveAll(segment => segment.Id < before && _storage.Delete(SegmentName.Of(segment.Id)).IsOk) > 0;
}
