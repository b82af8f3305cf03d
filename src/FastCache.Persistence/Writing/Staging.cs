using System.Threading.Channels;
using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Tagging;
using Microsoft.Extensions.ObjectPool;

namespace FastCache.Persistence.Writing;

/// <summary>Where records get their place in the log: one block that all threads fill, and behind it a queue of full ones.</summary>
/// <remarks>
/// <para>Thread-safe. Its lock is taken inside turns and held for the copying of one record; nothing is called under it but the queue,
/// which never waits. Lock order: a shard's turn, then this.</para>
/// <para>The queue has no bound of its own, because a record that the cache has taken must find a place at once: <see cref="Room"/> makes
/// the writers wait afterwards.</para>
/// </remarks>
internal sealed class Staging
{
    /// <summary>Keys whose values were not written down for want of room, until it is easier to say that of all keys.</summary>
    internal const int MaxForgotten = 1 << 16;

    private readonly Lock _gate = new();
    private readonly Channel<StagedBlock> _queue =
        Channel.CreateUnbounded<StagedBlock>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly ObjectPool<StagedBlock> _blocks;
    private readonly Room _room;
    private readonly bool _drops;

    // All under the lock.
    private readonly DigestSet _forgotten = new();
    private readonly TouchedKeys _touched = new();
    private StagedBlock _open;
    private ulong _nextSequence;
    private long _generation;
    private bool _hasForgottenAll;
    private bool _isClosed;

    // What is waited for while the log has failed, and will never be durable; 0 if it has not.
    private ulong _failedSequence;

    private long _dropped;
    private bool _hasSealed;

    /// <param name="firstSequence">The sequence of the first record.</param>
    /// <param name="blocks">Empty blocks.</param>
    /// <param name="room">What a full block counts against.</param>
    /// <param name="drops">Whether a value is forgotten, rather than waited for, where there is no room.</param>
    public Staging(ulong firstSequence, ObjectPool<StagedBlock> blocks, Room room, bool drops)
    {
        _blocks = blocks;
        _room = room;
        _drops = drops;
        _nextSequence = firstSequence;
        _open = TakeBlock();
    }

    /// <summary>Full blocks, in order.</summary>
    public ChannelReader<StagedBlock> Sealed => _queue.Reader;

    /// <summary>The sequence of the last record that was appended.</summary>
    public ulong LastSequence
    {
        get
        {
            lock (_gate)
            {
                return _nextSequence - 1;
            }
        }
    }

    /// <summary>Bytes of records that are not written yet.</summary>
    public long Pending
    {
        get
        {
            lock (_gate)
            {
                return _room.Used + _open.Length;
            }
        }
    }

    /// <summary>Up to where the log must be durable for everything that was appended to be.</summary>
    public ulong AwaitedSequence
    {
        get
        {
            lock (_gate)
            {
                return LastOrFailed;
            }
        }
    }

    /// <summary>Whether blocks have become full of which the writer has not been told. Set inside turns, where it is not called.</summary>
    public bool HasSealed
    {
        get => Volatile.Read(ref _hasSealed);
        set => Volatile.Write(ref _hasSealed, value);
    }

    /// <summary>Values that were not written down for want of room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    private ulong LastOrFailed => _failedSequence != 0 ? _failedSequence : _nextSequence - 1;

    /// <summary>Remembers from now on whose keys are appended.</summary>
    public void BeginRestore()
    {
        lock (_gate)
        {
            _touched.Begin();
        }
    }

    public void EndRestore()
    {
        lock (_gate)
        {
            _touched.End();
        }
    }

    /// <summary>Whether nothing of a key, or of all keys, has been appended since <see cref="BeginRestore"/>.</summary>
    public bool IsUntouched<TKey>(TKey key, ulong digest)
    {
        lock (_gate)
        {
            return _touched.IsUntouched(key, digest);
        }
    }

    /// <summary>Appends a value. One of an older generation than the last clear's is about to be cleared, and left out.</summary>
    /// <param name="record">The whole record: the end of this buffer.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="digest">Of its key.</param>
    /// <param name="tags">Its tags. If one was invalidated, what it takes the place of must not outlive it, and that is said instead.</param>
    /// <param name="generation">That of the shard.</param>
    /// <param name="isAwaited">Whether somebody waits for it to be durable; then it is never dropped.</param>
    public StagedPut AppendPut(
        ArrayPoolBufferWriter<byte> record, int start, ulong digest, TagSet? tags, long generation, bool isAwaited)
    {
        lock (_gate)
        {
            _touched.Add(digest);
            if (_isClosed || generation != _generation)
            {
                return StagedPut.NotAppended(LastOrFailed);
            }

            if (_drops && !isAwaited && _room.IsExhausted)
            {
                Volatile.Write(ref _dropped, _dropped + 1);
                Forget(digest);
                return StagedPut.NotAppended(_nextSequence - 1);
            }

            WriteForgotten();
            if (tags is { IsInvalidated: true })
            {
                return StagedPut.NotAppended(WriteRemove(digest));
            }

            bool isTaken = WriteOrTake(record, start);
            ulong sequence = _nextSequence++;
            return new StagedPut(sequence, sequence, isTaken);
        }
    }

    /// <summary>Appends that a key has no value.</summary>
    /// <returns>Up to where the log must be durable for the removal to be.</returns>
    public ulong AppendRemove(ulong digest, bool isAwaited)
    {
        lock (_gate)
        {
            _touched.Add(digest);
            if (_isClosed)
            {
                return LastOrFailed;
            }

            if (_drops && !isAwaited && _room.IsExhausted)
            {
                Forget(digest);
                return _nextSequence - 1;
            }

            WriteForgotten();
            return WriteRemove(digest);
        }
    }

    /// <summary>Appends that no key has a value, and begins the next generation.</summary>
    public ulong AppendClear(out long generation)
    {
        lock (_gate)
        {
            generation = ++_generation;
            _touched.AddAll();
            _hasForgottenAll = false;
            _forgotten.Clear();
            return _isClosed ? LastOrFailed : WriteClear();
        }
    }

    /// <summary>Invalidates a tag, and appends that no value that was put with it counts.</summary>
    /// <remarks>
    /// Both under the lock: a value that is put before is out of date and stands before the record; one for which the tag is seen as it is
    /// afterwards stands behind it.
    /// </remarks>
    /// <returns>What <see cref="TagRegistry.Invalidate"/> returns.</returns>
    public bool AppendRemoveTag(string tag, TagRegistry tags, ArrayPoolBufferWriter<byte> record)
    {
        lock (_gate)
        {
            bool isKnown = tags.Invalidate(tag);
            AppendRemoval(record);
            return isKnown;
        }
    }

    /// <summary>Appends that the keys that follow a pattern have no value.</summary>
    public void AppendRemoveMatching(KeyPattern pattern, ArrayPoolBufferWriter<byte> record)
    {
        lock (_gate)
        {
            _touched.Add(pattern);
            AppendRemoval(record);
        }
    }

    /// <summary>Puts the block that is being filled into the queue. The sequence of the last record before.</summary>
    public ulong Seal()
    {
        lock (_gate)
        {
            WriteForgotten();
            SealOpen();
            return LastOrFailed;
        }
    }

    /// <summary>Takes no record from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>Takes no record from now on, and what comes is not durable: it waits for a sequence that no record has.</summary>
    public void Fail()
    {
        lock (_gate)
        {
            _isClosed = true;
            _failedSequence = _nextSequence++;
        }
    }

    /// <summary>After <see cref="Fail"/>: lets go of what was not sealed, and of what was forgotten, which is not in the log that begins.</summary>
    /// <returns>The sequence of the next record.</returns>
    public ulong Discard()
    {
        lock (_gate)
        {
            // One belongs to no record, and whoever waits for all that was written until the log goes on waits for that.
            _open.Begin(++_nextSequence);
            _forgotten.Clear();
            _hasForgottenAll = false;
            return _nextSequence;
        }
    }

    /// <summary>Takes records again.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            _isClosed = false;
            _failedSequence = 0;
        }
    }

    private void Forget(ulong digest)
    {
        if (_hasForgottenAll)
        {
            return;
        }

        _forgotten.Add(digest);
        if (_forgotten.Count > MaxForgotten)
        {
            _forgotten.Clear();
            _hasForgottenAll = true;
        }
    }

    /// <summary>Before any later record: says of what was forgotten that older values do not count.</summary>
    private void WriteForgotten()
    {
        if (_hasForgottenAll)
        {
            _hasForgottenAll = false;
            WriteClear();
        }
        else if (_forgotten.Count > 0)
        {
            var digests = new List<ulong>(_forgotten.Count);
            _forgotten.CopyTo(digests);
            _forgotten.Clear();
            foreach (ulong digest in digests)
            {
                WriteRemove(digest);
            }
        }
    }

    private ulong WriteRemove(ulong digest)
    {
        EnsureRoomFor(RecordBytes.RemoveLength);
        RecordBytes.WriteRemove(_open.Add(RecordBytes.RemoveLength), digest);
        return _nextSequence++;
    }

    private void AppendRemoval(ArrayPoolBufferWriter<byte> record)
    {
        // One that nothing in any log is meant by is empty.
        if (!_isClosed && record.WrittenCount > 0)
        {
            WriteForgotten();
            WriteOrTake(record, start: 0);
            _nextSequence++;
        }
    }

    /// <summary>Writes a record, or takes it with its buffer if it is too long for any block; whether it was taken.</summary>
    private bool WriteOrTake(ArrayPoolBufferWriter<byte> record, int start)
    {
        ReadOnlySpan<byte> bytes = record.WrittenSpan[start..];
        if (!_open.HasRoomFor(bytes.Length) && !TryOpenFor(bytes.Length))
        {
            _open.Take(record, start);
            return true;
        }

        bytes.CopyTo(_open.Add(bytes.Length));
        return false;
    }

    private ulong WriteClear()
    {
        EnsureRoomFor(RecordBytes.ClearLength);
        RecordBytes.WriteClear(_open.Add(RecordBytes.ClearLength));
        return _nextSequence++;
    }

    private void EnsureRoomFor(int length)
    {
        if (!_open.HasRoomFor(length))
        {
            SealOpen();
        }
    }

    /// <summary>Opens a new block; false if a record is too long for any.</summary>
    private bool TryOpenFor(int length)
    {
        SealOpen();
        return _open.HasRoomFor(length);
    }

    private void SealOpen()
    {
        if (!_open.IsEmpty)
        {
            _room.Take(_open.Length);
            _queue.Writer.TryWrite(_open);
            HasSealed = true;
            _open = TakeBlock();
        }
    }

    private StagedBlock TakeBlock()
    {
        StagedBlock block = _blocks.Get();
        block.Begin(_nextSequence);
        return block;
    }
}
