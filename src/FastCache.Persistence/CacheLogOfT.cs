using System.Diagnostics;
using System.Security.Cryptography;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Upkeep;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence;

/// <summary>
/// An append-only log under a cache: after a restart, be it orderly or not, the cache goes on with what it had.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <para>The promise: after the end of the process by force, a power cut or damage to its files the cache may have forgotten, but it never
/// answers with a value that is wrong, older than the newest one acknowledged, removed, cleared or expired. The awaitable methods
/// here acknowledge; so does every call of the cache itself with <see cref="LogDurability.EveryWrite"/>.</para>
/// <para>All members are thread-safe.</para>
/// </remarks>
public sealed partial class CacheLog<TKey, TValue> : IAsyncDisposable
    where TKey : notnull
{
    // Blocks that are decoded while one is being restored.
    private const int DecodeAhead = 8;

    // What is kept until it is durable, in terms of what may wait to be written.
    private const int UnsyncedFactor = 4;

    private readonly IStorage _storage;
    private readonly LogOpening _opening;
    private readonly LogWriter _writer;
    private readonly LogJournal<TKey, TValue> _journal;
    private readonly IWriterDriver _driver;
    private readonly LogRestorer<TKey, TValue> _restorer;
    private readonly LogUpkeep<TKey, TValue> _upkeep;
    private readonly int _blockSize;
    private readonly ITimer _timer;
    private readonly Action<CacheLogEvent>? _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _timeProvider;
    private readonly long _openedAt;
    private readonly Lazy<PolicySnapshot?> _lastSnapshot;
    private int _isDisposed;

    private CacheLog(
        CacheOptions<TKey, TValue> cacheOptions,
        CacheLogOptions<TKey, TValue> options,
        IStorage storage,
        LogOpening opening,
        WriterSetup setup,
        ILogSerializer<TKey> keys,
        ILogSerializer<TValue> values)
    {
        _storage = storage;
        _opening = opening;
        _listener = options.Listener;
        _timeProvider = cacheOptions.TimeProvider;
        _openedAt = _timeProvider.GetTimestamp();
        _blockSize = setup.BlockSize;
        _writer = new LogWriter(storage, opening.Identity, setup, opening.Segment!, opening.Start, opening.Old, opening.Forgotten);
        bool awaitsDurability = options.Durability == LogDurability.EveryWrite;
        _journal = new LogJournal<TKey, TValue>(_writer, keys, values, _timeProvider, options.MaxRecordSize, awaitsDurability);
        _journal.Staging.BeginRestore();
        _driver = options.CreateDriver?.Invoke(_writer) ?? new WriterThreads(_writer);
        _journal.Attach(_driver);
        _lastSnapshot = new Lazy<PolicySnapshot?>(EndUpkeep);
        _journal.Closing = () => _ = _lastSnapshot.Value;
        Cache = new Cache<TKey, TValue>(cacheOptions, _journal);
        _upkeep = new LogUpkeep<TKey, TValue>(storage, _writer, _journal, Cache, setup, _stopping.Token);
        _writer.Upkeep = _upkeep;
        bool syncs = options.Durability != LogDurability.None;
        _timer = _timeProvider.CreateTimer(_ => OnInterval(syncs), state: null, options.FlushInterval, options.FlushInterval);
        _restorer = new LogRestorer<TKey, TValue>(opening, Cache, _journal, _timeProvider.GetUtcNow().UtcTicks);
        Restored = options.CreateDriver is null
            ? Task.Factory.StartNew(
                () => Restore(DecodeAhead), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.FromResult(Restore(decodeAhead: 0));
    }

    /// <summary>The cache. Disposed together with the log.</summary>
    public Cache<TKey, TValue> Cache { get; }

    /// <summary>Completes when everything that can be restored is in the cache again. What became of the log that was there.</summary>
    public Task<RecoveryReport> Restored { get; }

    /// <summary>Whether what is written to the cache is written to the log. If not, <see cref="CacheLogStatistics.Fault"/> says why. For health checks.</summary>
    public bool IsHealthy => _writer.Fault is null;

    /// <summary>What the log has done so far.</summary>
    public CacheLogStatistics Statistics
    {
        get
        {
            WriterCounters counters = _writer.Counters;
            return new CacheLogStatistics
            {
                Records = Volatile.Read(ref counters.Records),
                Blocks = Volatile.Read(ref counters.Blocks),
                RawBytes = Volatile.Read(ref counters.RawBytes),
                StoredBytes = Volatile.Read(ref counters.StoredBytes),
                Segments = Volatile.Read(ref counters.Segments),
                Syncs = Volatile.Read(ref counters.Syncs),
                Dropped = _journal.Staging.Dropped,
                TooLarge = _journal.TooLarge,
                Waits = _journal.Waits,
                Length = _writer.Length,
                LiveSegments = _writer.LiveSegments,
                PendingBytes = _journal.Staging.Pending,
                UpkeepBytes = _upkeep.BytesWritten,
                Copied = Volatile.Read(ref counters.CopiedRecords),
                CompactedSegments = Volatile.Read(ref counters.CompactedSegments),
                ForgottenSegments = Volatile.Read(ref counters.ForgottenSegments),
                UnreadableBlocks = Volatile.Read(ref counters.UnreadableBlocks),
                Snapshots = Volatile.Read(ref counters.Snapshots),
                Mends = Volatile.Read(ref counters.Mends),
                Resumptions = Volatile.Read(ref counters.Resumptions),
                Fault = _writer.Fault,
            };
        }
    }

    /// <summary>Stops: empties the cache, brings everything to the disk and leaves a mark that says so. Waits for all of it.</summary>
    /// <remarks>Writes that are under way end normally, and need not be in the log.</remarks>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _stopping.Cancel();

        // Whoever wants to know how it ended asks for it.
        await ((Task)Restored).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        PolicySnapshot? snapshot = _lastSnapshot.Value;
        await Cache.DisposeAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _driver.DisposeAsync().ConfigureAwait(false);
        _writer.Stop(snapshot?.ToBlocks(_writer, _blockSize) ?? []);
        _upkeep.Dispose();
        _writer.Dispose();
        _storage.Dispose();
        _stopping.Dispose();
    }

    internal static CacheLog<TKey, TValue> Open(CacheOptions<TKey, TValue> cacheOptions, CacheLogOptions<TKey, TValue> options)
    {
        ILogSerializer<TKey> keys = options.KeySerializer ?? (LogSerializer.TryGetForKeys(out ILogSerializer<TKey>? forKeys) ? forKeys : null!);
        ILogSerializer<TValue> values = options.ValueSerializer ?? (LogSerializer.TryGet(out ILogSerializer<TValue>? forValues) ? forValues : null!);
        Func<ulong> nextRandom = options.NextRandom ?? DrawRandom;
        var identity = new LogIdentity(nextRandom(), Fingerprint.Of(keys.Format), Fingerprint.Of(values.Format));
        CacheLog<TKey, TValue>? log = null;
        var setup = new WriterSetup
        {
            Codec = options.Codec,
            TimeProvider = cacheOptions.TimeProvider,
            BlockSize = options.BlockSize,
            SegmentSize = options.SegmentSize,
            MaxStagedBytes = options.MaxStagedBytes,
            Drops = options.BackPressure == LogBackPressure.Drop,
            NextSalt = () => (uint)nextRandom(),
            MaxLogSize = options.MaxLogSize,
            MaxUnsyncedBytes = options.Durability == LogDurability.None ? 0 : (long)UnsyncedFactor * options.MaxStagedBytes,
            Tell = (kind, message, fault) => log?.Tell(kind, message, fault),
        };
        IStorage storage = OpenStorage(options);
        LogOpening? opening = null;
        try
        {
            opening = LogOpening.Open(storage, identity, options.Recovery, setup);
            log = new CacheLog<TKey, TValue>(cacheOptions, options, storage, opening, setup, keys, values);
            return log;
        }
        catch
        {
            opening?.Segment?.Dispose();
            opening?.Dispose();
            storage.Dispose();
            throw;
        }
    }

    private static ulong DrawRandom() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static IStorage OpenStorage(CacheLogOptions<TKey, TValue> options)
    {
        if (options.OpenStorage is { } open)
        {
            return open(options.Directory);
        }

        StorageResult result = FileStorage.Open(options.Directory, out FileStorage? storage);
        return result.IsOk
            ? storage!
            : throw new CacheLogException(
                result.Cause?.Message ?? $"The directory {options.Directory} cannot be used: {result.Error}.", result.Cause);
    }

    // Once, while the cache still holds something: it may be disposed by somebody else, a container say, before the log is.
    private PolicySnapshot? EndUpkeep()
    {
        _stopping.Cancel();
        return _upkeep.TakeLast();
    }

    private void OnInterval(bool syncs)
    {
        if (_upkeep.IsDue)
        {
            _driver.RequestUpkeep();
        }

        if (!_writer.IsBehind)
        {
            return;
        }

        if (syncs)
        {
            _driver.RequestSync();
        }
        else
        {
            _driver.RequestFlush();
        }
    }

    private RecoveryReport Restore(int decodeAhead)
    {
        try
        {
            if (_opening.Discarded == LogDiscardReason.None)
            {
                _restorer.Restore(decodeAhead, _stopping.Token);
                _writer.RaiseFloor(_opening.Scan.FloorSequence);
            }

            if (!_stopping.IsCancellationRequested)
            {
                _upkeep.BeginAfterRestore();
            }
        }
        finally
        {
            _journal.Staging.EndRestore();
            Cache.EndRestore();
            _opening.Dispose();
        }

        RecoveryReport report = Report();
        if (report.Discarded != LogDiscardReason.None)
        {
            Tell(CacheLogEventKind.Discarded, $"The log in {_storage.Location} was discarded: {report.Discarded}.", fault: null);
        }

        if (report.Missing > 0)
        {
            Tell(
                CacheLogEventKind.Quarantined,
                $"In the log in {_storage.Location}, {report.Missing} durable records cannot be read, and {report.Doubtful} older ones were left out.",
                fault: null);
        }

        if (_opening.Forgotten > 0)
        {
            Tell(
                CacheLogEventKind.Forgotten,
                $"The oldest part of the log in {_storage.Location} was deleted, because it was longer than allowed.",
                fault: null);
        }

        Tell(CacheLogEventKind.Recovered, $"{report.Restored} entries were restored from the log in {_storage.Location}.", fault: null);
        return report;
    }

    private RecoveryReport Report()
    {
        LogScan scan = _opening.Scan;
        RestoreCounters counters = _restorer.Counters;
        return new RecoveryReport
        {
            Discarded = _opening.Discarded,
            WasStopped = scan.WasStopped,
            Segments = _opening.FoundSegments,
            Blocks = scan.Blocks.Count,
            BytesRead = counters.BytesRead,
            Read = counters.Read,
            Restored = counters.Restored,
            Superseded = counters.Superseded,
            Outdated = counters.Outdated,
            Expired = counters.Expired,
            GivenUp = counters.GivenUp,
            NoRoom = counters.NoRoom,
            Faulted = counters.Faulted,
            Torn = (long)scan.TornRecords,
            Missing = (long)scan.MissingRecords,
            Doubtful = (long)scan.DoubtfulRecords,
            Quarantined = _opening.Quarantined,
            Duration = _timeProvider.GetElapsedTime(_openedAt),
        };
    }

    private void Tell(CacheLogEventKind kind, string message, Exception? fault)
    {
        if (_listener is { } listener)
        {
            // Somebody's code, and the caller may hold a lock.
            ThreadPool.UnsafeQueueUserWorkItem(
                static call =>
                {
                    try
                    {
                        call.listener(call.news);
                    }
                    catch (Exception)
                    {
                        // What it throws is its own affair.
                    }
                },
                (listener, news: new CacheLogEvent(kind, message, fault)),
                preferLocal: false);
        }
    }
}
