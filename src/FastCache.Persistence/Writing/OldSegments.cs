namespace FastCache.Persistence.Writing;

/// <summary>The segments before the one that is written, the oldest first. They go in that order. Thread-safe.</summary>
/// <remarks>
/// What is kept is newer than all that goes, so nothing that goes is missed: a value whose key was removed or written again
/// goes before what says so.
/// </remarks>
internal sealed class OldSegments
{
    private readonly Lock _gate = new();

    // What of a copied one is needed has been written again, up to a sequence.
    private readonly Queue<(OldSegment Segment, ulong CopiedUntil)> _copied = new();
    private readonly Queue<OldSegment> _kept = new();
    private ulong _keptAfter;
    private long _length;
    private long _copiedLength;

    /// <param name="floor">The first sequence that counts.</param>
    public OldSegments(ulong floor) => _keptAfter = floor - 1;

    /// <summary>Bytes of all of them.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>How many they are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _kept.Count + _copied.Count;
            }
        }
    }

    /// <summary>Bytes of those that nobody needs, once what was copied of them is durable.</summary>
    public long CopiedLength => Volatile.Read(ref _copiedLength);

    /// <summary>Nothing up to here is needed any more.</summary>
    public ulong KeptAfter => Volatile.Read(ref _keptAfter);

    public void Add(in OldSegment segment)
    {
        lock (_gate)
        {
            _kept.Enqueue(segment);
            Volatile.Write(ref _length, _length + segment.Length);
        }
    }

    /// <summary>The oldest one that was not copied.</summary>
    public bool TryPeekKept(out OldSegment segment)
    {
        lock (_gate)
        {
            return _kept.TryPeek(out segment);
        }
    }

    /// <summary>Says that the oldest one was copied, unless it has gone meanwhile.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="copiedUntil">All that is needed of it has been written again, not beyond this sequence.</param>
    public void SetCopied(ulong id, ulong copiedUntil)
    {
        lock (_gate)
        {
            if (_kept.TryPeek(out OldSegment oldest) && oldest.Id == id)
            {
                _kept.Dequeue();
                _copied.Enqueue((oldest, copiedUntil));
                Volatile.Write(ref _copiedLength, _copiedLength + oldest.Length);
                NoteGone(oldest);
            }
        }
    }

    /// <summary>Takes out the oldest one, whatever is in it.</summary>
    /// <param name="before">Only if its number is lower.</param>
    /// <param name="oldest">The segment.</param>
    public bool TryTakeOldest(ulong before, out OldSegment oldest)
    {
        lock (_gate)
        {
            ulong id = _copied.TryPeek(out (OldSegment Segment, ulong CopiedUntil) copied) ? copied.Segment.Id
                : _kept.TryPeek(out OldSegment kept) ? kept.Id
                : ulong.MaxValue;
            oldest = default;
            return id < before && TryTakeAny(out oldest);
        }
    }

    /// <summary>Takes out those that were copied, and as many more as it takes for the others not to be longer than allowed.</summary>
    /// <param name="durable">What is durable.</param>
    /// <param name="maxLength">What the rest may be long.</param>
    /// <param name="taken">The segments.</param>
    /// <returns>How many of them were not copied, or not durably.</returns>
    public int Take(ulong durable, long maxLength, List<OldSegment> taken)
    {
        int forgotten = 0;
        lock (_gate)
        {
            while (TryTakeCopied(durable, out OldSegment copied))
            {
                taken.Add(copied);
            }

            while (_length > maxLength && TryTakeAny(out OldSegment oldest))
            {
                taken.Add(oldest);
                forgotten++;
            }
        }

        return forgotten;
    }

    private bool TryTakeAny(out OldSegment segment) => TryTakeCopied(durable: ulong.MaxValue, out segment) || TryTakeKept(out segment);

    private bool TryTakeCopied(ulong durable, out OldSegment segment)
    {
        segment = default;
        if (!_copied.TryPeek(out (OldSegment Segment, ulong CopiedUntil) oldest) || oldest.CopiedUntil > durable)
        {
            return false;
        }

        _copied.Dequeue();
        segment = oldest.Segment;
        Volatile.Write(ref _copiedLength, _copiedLength - segment.Length);
        Volatile.Write(ref _length, _length - segment.Length);
        return true;
    }

    private bool TryTakeKept(out OldSegment segment)
    {
        if (!_kept.TryDequeue(out segment))
        {
            return false;
        }

        Volatile.Write(ref _length, _length - segment.Length);
        NoteGone(segment);
        return true;
    }

    private void NoteGone(in OldSegment segment) => Volatile.Write(ref _keptAfter, Math.Max(_keptAfter, segment.LastSequence));
}
