using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Upkeep;

/// <summary>What a log does beside writing: goes on after a failure, gets rid of what nobody needs, notes now and then what is hot.</summary>
internal sealed class LogUpkeep<TKey, TValue> : IUpkeep, IDisposable
    where TKey : notnull
{
    // A snapshot is taken when so many times its length was written since the last one, and so many times the time that it took has passed.
    private const int BytesPerSnapshotByte = 8;
    private const int PauseFactor = 32;
    private const int MinSnapshotInterval = 64 << 10;

    private readonly LogWriter _writer;
    private readonly LogJournal<TKey, TValue> _journal;
    private readonly Cache<TKey, TValue> _cache;
    private readonly WriterSetup _setup;
    private readonly CancellationToken _stopping;
    private readonly CompactionBudget _budget;
    private readonly Compactor<TKey, TValue> _compactor;
    private long _snapshotAt;
    private long _snapshotTakenAt;
    private TimeSpan _snapshotPause;
    private int _isRunning;
    private bool _isRestored;

    /// <param name="storage">Where the log is.</param>
    /// <param name="writer">Writes it.</param>
    /// <param name="journal">What the cache writes to.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="setup">How the log is written.</param>
    /// <param name="stopping">Ends what is being done.</param>
    public LogUpkeep(
        IStorage storage,
        LogWriter writer,
        LogJournal<TKey, TValue> journal,
        Cache<TKey, TValue> cache,
        WriterSetup setup,
        CancellationToken stopping)
    {
        _writer = writer;
        _journal = journal;
        _cache = cache;
        _setup = setup;
        _stopping = stopping;
        _budget = new CompactionBudget(writer.Counters);

        // So that there is time to copy before the limit is reached.
        long highMark = setup.MaxLogSize - (2 * setup.SegmentSize);
        _compactor = new Compactor<TKey, TValue>(storage, setup.Codec, writer, journal, cache, _budget, highMark, setup.BlockSize);
    }

    /// <summary>Bytes that it has written, before compression.</summary>
    public long BytesWritten => _budget.Spent;

    /// <inheritdoc/>
    public bool IsDue
    {
        get
        {
            try
            {
                return _writer.HasFailed
                    ? _writer.IsResumeDue
                    : Volatile.Read(ref _isRestored) && (_compactor.IsDue || IsSnapshotDue || _writer.IsTrimWorthwhile);
            }
            catch (Exception)
            {
                // The application's time provider. Who asks is a thread of the log, or a timer: there is nobody to tell.
                return false;
            }
        }
    }

    private bool IsSnapshotDue
        => Volatile.Read(ref _writer.Counters.RawBytes) - Volatile.Read(ref _snapshotAt)
            > Math.Max(Math.Min(MinSnapshotInterval, _setup.SegmentSize), BytesPerSnapshotByte * ExpectedSnapshotLength)
            && _setup.TimeProvider.GetElapsedTime(Volatile.Read(ref _snapshotTakenAt)) >= _snapshotPause
            && _budget.Allows(ExpectedSnapshotLength);

    private long ExpectedSnapshotLength => StandingsPart.LengthOf((int)Math.Min(_cache.Count, int.MaxValue / StandingsPart.EntryLength / 2));

    /// <summary>Everything that can be restored is in the cache. Before that nobody knows what is needed.</summary>
    public void BeginAfterRestore() => Volatile.Write(ref _isRestored, true);

    /// <inheritdoc/>
    public void Run()
    {
        if (!IsDue || Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            return;
        }

        try
        {
            RunOnce();
        }
        catch (Exception)
        {
            // The same: it is tried again.
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    /// <summary>Takes the snapshot that ends a log; null if there is nothing to say.</summary>
    public PolicySnapshot? TakeLast()
    {
        try
        {
            return Volatile.Read(ref _isRestored) && !_writer.HasFailed ? PolicySnapshot.Take(_cache, _journal, CancellationToken.None) : null;
        }
        catch (Exception)
        {
            // Stopping goes on without.
            return null;
        }
    }

    public void Dispose() => _compactor.Dispose();

    private void RunOnce()
    {
        if (_writer.HasFailed)
        {
            _writer.TryResume();
            return;
        }

        _compactor.Run(_stopping);
        if (IsSnapshotDue)
        {
            TakeSnapshot();
        }

        _writer.TrimIfWorthwhile();
    }

    private void TakeSnapshot()
    {
        long begin = _setup.TimeProvider.GetTimestamp();
        if (PolicySnapshot.Take(_cache, _journal, _stopping) is { } snapshot)
        {
            _writer.WriteAside(snapshot.ToBlocks(_writer, _setup.BlockSize));
            _budget.Spend(snapshot.LengthIn(_setup.BlockSize));
            _writer.Counters.Snapshots++;
        }

        long end = _setup.TimeProvider.GetTimestamp();
        _snapshotPause = _setup.TimeProvider.GetElapsedTime(begin, end) * PauseFactor;
        Volatile.Write(ref _snapshotTakenAt, end);
        Volatile.Write(ref _snapshotAt, Volatile.Read(ref _writer.Counters.RawBytes));
    }
}
