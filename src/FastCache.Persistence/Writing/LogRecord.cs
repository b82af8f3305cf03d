using System.Diagnostics.CodeAnalysis;
using System.Buffers;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Journaling;
using FastCache.Persistence.Format;
using FastCache.Tagging;
using FastCache.Timing;

namespace FastCache.Persistence.Writing;

/// <summary>A write, serialized, on its way to its place in the log.</summary>
/// <remarks>
/// The record lies at the end of its buffer: key and value first, then in front of them what precedes them, once that is known. One
/// object is kept for each thread and log and used again; a serializer that writes to the cache gets another.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Kept for good by its thread; a buffer that is not returned to its pool is collected.")]
internal sealed class LogRecord<TKey, TValue> : JournalRecord
    where TKey : notnull
{
    // What a buffer may have grown to and still be kept.
    private const int MaxKeptCapacity = 64 << 10;

    [ThreadStatic]
    private static LogRecord<TKey, TValue>? t_spare;

    private ArrayPoolBufferWriter<byte> _buffer = new();
    private LogJournal<TKey, TValue> _journal = null!;
    private PutHeader _header;
    private TagSet? _tags;
    private int _start;
    private ulong _digest;
    private ulong _sequence;
    private bool _isAwaited;

    /// <summary>Outside any turn: serializes. User code may throw.</summary>
    public static LogRecord<TKey, TValue> Describe(LogJournal<TKey, TValue> journal, TKey key)
    {
        LogRecord<TKey, TValue> record = Rent(journal);
        record.SerializeKey(key);
        return record;
    }

    /// <inheritdoc cref="Describe(LogJournal{TKey, TValue}, TKey)"/>
    public static LogRecord<TKey, TValue> Describe(LogJournal<TKey, TValue> journal, TKey key, TValue value)
    {
        LogRecord<TKey, TValue> record = Rent(journal);
        record.SerializeKey(key);
        int keyLength = record._buffer.WrittenCount - PutHeader.MaxLength;
        if (value is not null)
        {
            journal.Values.Serialize(value, record._buffer);
        }

        int valueLength = record._buffer.WrittenCount - PutHeader.MaxLength - keyLength;
        record._header = new PutHeader(keyLength, valueLength, value is null, Deadline: 0, IdleLimit: 0, IdleEnd: 0);
        record.WriteHeader();
        return record;
    }

    /// <summary>A record that has its place already.</summary>
    public static LogRecord<TKey, TValue> Placed(LogJournal<TKey, TValue> journal, ulong sequence)
    {
        LogRecord<TKey, TValue> record = Rent(journal);
        record._sequence = sequence;
        return record;
    }

    /// <summary>
    /// The record of a value that is in the log already, but for its lifetime and tags. Not dropped: what it takes the place of is about to go.
    /// </summary>
    public static LogRecord<TKey, TValue> Copy(LogJournal<TKey, TValue> journal, in RecordView record)
    {
        LogRecord<TKey, TValue> copy = Rent(journal);
        copy._buffer.GetSpan(PutHeader.MaxLength);
        copy._buffer.Advance(PutHeader.MaxLength);
        copy._buffer.Write(record.Key);
        copy._buffer.Write(record.Value);
        copy._digest = record.KeyDigest;
        copy._header = record.Header with { TagsLength = 0 };
        copy._isAwaited = true;
        copy.WriteHeader();
        return copy;
    }

    /// <summary>Of its key.</summary>
    public ulong Digest => _digest;

    /// <summary>Bytes of the whole record.</summary>
    public int Length => _buffer.WrittenCount - _start;

    /// <summary>Instead of <see cref="Complete"/>, for whoever waits for nothing.</summary>
    public void Release() => Return();

    /// <inheritdoc/>
    public override void SetLifetime(in Lifetime lifetime, long now)
    {
        SetTags(lifetime.Tags);
        _header = _header with { Deadline = 0, IdleLimit = 0, IdleEnd = 0 };
        if (!lifetime.IsForever)
        {
            long offset = _journal.UtcNow() - now;
            _header = _header with
            {
                Deadline = lifetime.Deadline == 0 ? 0 : OnTheWallClock(lifetime.Deadline, offset),
                IdleLimit = lifetime.IdleLimit,
                IdleEnd = lifetime.IdleLimit == 0
                    ? 0
                    : OnTheWallClock(Lifetime.After(lifetime.LastAccess, lifetime.IdleLimit), offset),
            };
        }

        WriteHeader();
    }

    /// <inheritdoc/>
    public override ulong Put(long generation)
    {
        if (_header.ContentLength > _journal.MaxRecordLength)
        {
            // An older value of the key must not outlive it.
            _journal.CountTooLarge();
            _sequence = _journal.Staging.AppendRemove(_digest, _isAwaited);
            return 0;
        }

        StagedPut put = _journal.Staging.AppendPut(_buffer, _start, _digest, _tags, generation, _isAwaited);
        _sequence = put.AwaitedSequence;
        if (put.IsBufferTaken)
        {
            _buffer = new ArrayPoolBufferWriter<byte>();
        }

        return put.Position;
    }

    /// <inheritdoc/>
    public override void Remove() => _sequence = _journal.Staging.AppendRemove(_digest, _isAwaited);

    /// <inheritdoc/>
    public override void Complete()
    {
        (LogJournal<TKey, TValue> journal, ulong sequence) = (_journal, _sequence);
        Return();
        journal.Complete(sequence);
    }

    /// <inheritdoc/>
    public override void CompleteUnawaited()
    {
        LogJournal<TKey, TValue> journal = _journal;
        Return();
        journal.AwaitRoom();
    }

    private static LogRecord<TKey, TValue> Rent(LogJournal<TKey, TValue> journal)
    {
        LogRecord<TKey, TValue> record = t_spare ?? new LogRecord<TKey, TValue>();
        t_spare = null;
        record._journal = journal;
        record._isAwaited = journal.IsAwaited;
        record._sequence = 0;
        record._tags = null;
        record._buffer.Clear();
        return record;
    }

    // Beyond the range of the clock lies what is for ever as far as anybody can tell.
    private static long OnTheWallClock(long moment, long offset)
        => offset > 0 && moment > DateTime.MaxValue.Ticks - offset ? DateTime.MaxValue.Ticks : Math.Max(1, moment + offset);

    private void Return()
    {
        _journal = null!;
        _tags = null;
        if (_buffer.Capacity > MaxKeptCapacity)
        {
            _buffer.Dispose();
            _buffer = new ArrayPoolBufferWriter<byte>();
        }

        t_spare = this;
    }

    private void SerializeKey(TKey key)
    {
        _buffer.GetSpan(PutHeader.MaxLength);
        _buffer.Advance(PutHeader.MaxLength);
        _journal.Keys.Serialize(key, _buffer);
        _digest = KeyDigest.Of(_buffer.WrittenSpan[PutHeader.MaxLength..]);
    }

    /// <summary>A write that is tried again has tags of its own each time, and may have others.</summary>
    private void SetTags(TagSet? tags)
    {
        if (_header.TagsLength > 0)
        {
            ArrayPoolBufferWriter<byte> untagged = _buffer;
            _buffer = new ArrayPoolBufferWriter<byte>();
            _buffer.Write(untagged.WrittenSpan[..^_header.TagsLength]);
            untagged.Dispose();
        }

        _tags = tags;
        _header = _header with { TagsLength = tags is null ? 0 : TagList.Write(tags, _buffer) };
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[PutHeader.MaxLength];
        int length = _header.Write(header);
        _start = PutHeader.MaxLength - length;
        header[..length].CopyTo(MemoryMarshal.AsMemory(_buffer.WrittenMemory).Span[_start..]);
    }
}
