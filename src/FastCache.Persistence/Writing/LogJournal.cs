using FastCache.Journaling;
using FastCache.Persistence.Format;
using FastCache.Persistence.Serialization;
using FastCache.Tagging;

namespace FastCache.Persistence.Writing;

/// <summary>The journal of a cache whose records go to a log.</summary>
internal sealed class LogJournal<TKey, TValue> : Journal<TKey, TValue>
    where TKey : notnull
{
    private readonly LogWriter _writer;
    private readonly TimeProvider _timeProvider;
    private readonly bool _awaitsDurability;
    private long _tooLarge;
    private long _waits;
    private IWriterDriver? _driver;

    public LogJournal(
        LogWriter writer,
        ILogSerializer<TKey> keys,
        ILogSerializer<TValue> values,
        TimeProvider timeProvider,
        int maxRecordLength,
        bool awaitsDurability)
    {
        _writer = writer;
        Keys = keys;
        Values = values;
        _timeProvider = timeProvider;
        MaxRecordLength = maxRecordLength;
        _awaitsDurability = awaitsDurability;
    }

    public ILogSerializer<TKey> Keys { get; }

    public ILogSerializer<TValue> Values { get; }

    /// <summary>What a key and its value may take; longer ones are not written.</summary>
    public int MaxRecordLength { get; }

    public Staging Staging => _writer.Staging;

    /// <summary>Whether somebody will wait for the writes of this thread to be durable.</summary>
    public bool IsAwaited => _awaitsDurability || DeferredAcknowledgement.Covers(this);

    /// <summary>Values that were too large for the log.</summary>
    public long TooLarge => Volatile.Read(ref _tooLarge);

    /// <summary>Writes that have waited for room.</summary>
    public long Waits => Volatile.Read(ref _waits);

    /// <inheritdoc/>
    public override JournalStatistics Statistics
    {
        get
        {
            WriterCounters counters = _writer.Counters;
            int degraded = _writer.HasFailed ? 1 : 0;
            return new JournalStatistics
            {
                Size = _writer.Length,
                Segments = _writer.LiveSegments,
                Pending = Staging.Pending,
                Records = Volatile.Read(ref counters.Records),
                Written = Volatile.Read(ref counters.StoredBytes),
                Dropped = Staging.Dropped,
                TooLarge = TooLarge,
                Forgotten = Volatile.Read(ref counters.ForgottenSegments),
                Mends = Volatile.Read(ref counters.Mends),
                Failures = Volatile.Read(ref counters.Resumptions) + degraded,
                Degraded = degraded,
            };
        }
    }

    /// <summary>Called when the cache is about to be empty for good. Set once, before there is a cache.</summary>
    public Action? Closing { get; set; }

    /// <summary>Says who writes; once, before the first record.</summary>
    public void Attach(IWriterDriver driver) => _driver = driver;

    public long UtcNow() => _timeProvider.GetUtcNow().UtcTicks;

    public void CountTooLarge() => Interlocked.Increment(ref _tooLarge);

    /// <inheritdoc/>
    public override void BeginClose() => Closing?.Invoke();

    /// <inheritdoc/>
    public override JournalRecord Describe(TKey key, TValue value) => LogRecord<TKey, TValue>.Describe(this, key, value);

    /// <inheritdoc/>
    public override JournalRecord Describe(TKey key) => LogRecord<TKey, TValue>.Describe(this, key);

    /// <inheritdoc/>
    public override JournalRecord BeginClear(out long generation)
        => LogRecord<TKey, TValue>.Placed(this, Staging.AppendClear(out generation));

    /// <inheritdoc/>
    public override bool RemoveTag(string tag, TagRegistry tags)
        => Staging.AppendRemoveTag(tag, tags, RecordBytes.OfRemoval(RecordKind.RemoveTag, tag));

    /// <inheritdoc/>
    public override void RemoveMatching(KeyPattern pattern)
    {
        if (Keys is not StringSerializer)
        {
            throw new NotSupportedException(
                $"The keys are written down as '{Keys.Format}', by a serializer of the application's own: the log cannot tell which of them begin with a text or follow a pattern.");
        }

        RecordKind kind = pattern.IsPrefix ? RecordKind.RemovePrefix : RecordKind.RemovePattern;
        Staging.AppendRemoveMatching(pattern, RecordBytes.OfRemoval(kind, pattern.Text));
    }

    /// <inheritdoc/>
    public override void CompleteAll() => Complete(Staging.AwaitedSequence);

    /// <inheritdoc/>
    public override bool MayRestore(TKey key, ulong keyDigest) => Staging.IsUntouched(key, keyDigest);

    /// <summary>Outside any turn, after a write: waits for whatever the log's options promise.</summary>
    public void Complete(ulong sequence)
    {
        if (DeferredAcknowledgement.TryDefer(this, sequence))
        {
            return;
        }

        if (_awaitsDurability)
        {
            AwaitDurability(sequence);
        }
        else
        {
            AwaitRoom();
        }
    }

    /// <summary>Outside any turn: waits while too much waits to be written.</summary>
    public void AwaitRoom()
    {
        if (Staging.HasSealed)
        {
            Staging.HasSealed = false;
            _driver!.RequestWrite();
        }

        if (_writer.Room.IsExhausted && !_writer.Drops)
        {
            Interlocked.Increment(ref _waits);
            _driver!.RequestWrite();
            _writer.Room.WaitAsync().GetAwaiter().GetResult();
        }
    }

    /// <summary>Asks for everything so far to be durable, and waits for a sequence to be.</summary>
    public Task WaitDurableAsync(ulong sequence)
    {
        if (_writer.Acknowledged.IsDurable(sequence))
        {
            return Task.CompletedTask;
        }

        Task durable = _writer.Acknowledged.WaitAsync(sequence);
        if (!durable.IsCompleted)
        {
            _driver!.RequestSync();
        }

        return durable;
    }

    /// <summary>The first who comes writes and syncs for all who have appended by then; the others wait for him or do it in their turn.</summary>
    private void AwaitDurability(ulong sequence)
    {
        Acknowledgements acknowledged = _writer.Acknowledged;
        if (!acknowledged.IsDurable(sequence) && _writer.TryWriteAll())
        {
            _writer.Sync();
        }

        WaitDurableAsync(sequence).GetAwaiter().GetResult();
    }
}
