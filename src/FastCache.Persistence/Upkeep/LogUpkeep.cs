using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Upkeep;

/// <summary>What a log does beside writing: goes on after a failure, gets rid of what nobody needs, notes now and then what is hot.</summary>
internal sealed class LogUpkeep<TKey, TValue> : IUpkeep, IDisposable
    where TKey : notnull
{
    // A snapshot costs so many times its length of log at least.
    private const int SnapshotInterval = 8;

    private readonly LogWriter _writer;
    private readonly LogJournal<TKey, TValue> _journal;
    private readonly Cache<TKey, TValue> _cache;
    private readonly WriterSetup _setup;
    private readonly CancellationToken _stopping;
    private readonly CompactionBudget _budget;
    private readonly Compactor<TKey, TValue> _compactor;
    private long _snapshotAt;
    private long _snapshotLength;
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
        _budget = new CompactionBudget(writer.Counters, setup.SegmentSize);

        // So that there is time to copy before the limit is reached.
        long highMark = setup.MaxLogSize - (2 * setup.SegmentSize);
        _compactor = new Compactor<TKey, TValue>(storage, setup.Codec, writer, journal, cache, _budget, highMark);
    }

    /// <summary>Bytes that it has written, before compression.</summary>
    public long BytesWritten => _budget.Spent;

    /// <inheritdoc/>
    public bool IsDue => _writer.HasFailed
        ? _writer.IsResumeDue
        : Volatile.Read(ref _isRestored) && (_compactor.IsDue || IsSnapshotDue || _writer.IsTrimWorthwhile);

    private bool IsSnapshotDue
        => Volatile.Read(ref _writer.Counters.StoredBytes) - Volatile.Read(ref _snapshotAt)
            > Math.Max(Math.Max(_setup.SegmentSize, _writer.Length / 2), SnapshotInterval * _snapshotLength)
            && _budget.IsPositive;

    /// <summary>Everything that can be restored is in the cache. Before that nobody knows what is needed.</summary>
    public void BeginAfterRestore() => Volatile.Write(ref _isRestored, true);

    /// <inheritdoc/>
    public void Run()
    {
        if (!IsDue || Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            return;
        }

        if (_writer.HasFailed)
        {
            _writer.TryResume();
        }
        else
        {
            _compactor.Run(_stopping);
            if (IsSnapshotDue && PolicySnapshot.Take(_cache, _journal, _stopping) is { } snapshot)
            {
                Write(snapshot);
            }

            _writer.TrimIfWorthwhile();
        }

        Volatile.Write(ref _isRunning, 0);
    }

    /// <summary>Takes the snapshot that ends a log; null if there is nothing to say.</summary>
    public PolicySnapshot? TakeLast()
        => Volatile.Read(ref _isRestored) && !_writer.HasFailed ? PolicySnapshot.Take(_cache, _journal, CancellationToken.None) : null;

    public void Dispose() => _compactor.Dispose();

    private void Write(PolicySnapshot snapshot)
    {
        _writer.WriteAside(snapshot.ToBlocks(_writer, _setup.BlockSize));
        _budget.Spend(snapshot.Length);
        _writer.Counters.Snapshots++;
        _snapshotLength = snapshot.Length;
        Volatile.Write(ref _snapshotAt, Volatile.Read(ref _writer.Counters.StoredBytes));
    }
}
