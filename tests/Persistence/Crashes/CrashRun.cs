using System.Globalization;
using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>Runs a program, and at every operation of its storage restarts from what a crash at that moment would leave.</summary>
internal sealed class CrashRun : IDisposable
{
    private const int LongestBlock = 1_000;

    private readonly LogProgram _program;
    private ManualTimeProvider _time = new();
    private SimulatedStorage _storage = new();
    private CacheLog<string, string> _log;
    private History _history = History.Empty;
    private SplitMix _random;
    private long _latestUtc;
    private int _values;
    private bool _isLive;
    private bool _isStopping;
    private RecoveryReport? _lastReport;
    private long _forgotten;
    private long _resumptions;
    private bool _hasFaults;

    private CrashRun(LogProgram program)
    {
        _program = program;
        _random = new SplitMix(program.Seed);
        _latestUtc = UtcNow;
        _storage.AtBoundary = Crash;
        _log = Restart.Open(program, _storage, _time);
        _isLive = true;
    }

    /// <summary>How often it has restarted.</summary>
    public long Restarts { get; private set; }

    private long UtcNow => _time.GetUtcNow().UtcTicks;

    /// <summary>Runs a program; how many restarts that took.</summary>
    /// <exception cref="InvalidOperationException">A restart has brought back what it must not.</exception>
    public static long Run(LogProgram program)
    {
        using var run = new CrashRun(program);
        foreach (LogStep step in program.Steps)
        {
            run.TryDo(step);
        }

        run.TryDo(new LogStep(LogStepKind.Reopen, 0, 0));
        return run.Restarts;
    }

    public void Dispose() => Abandon();

    private void TryDo(LogStep step)
    {
        try
        {
            Do(step);
        }
        catch (CacheLogException) when (_log.Statistics.IsDegraded)
        {
            // Whoever waits for what the log cannot do is told so.
        }

        NoteState();
        if (_log.Statistics.Resumptions > _resumptions)
        {
            // The log has begun anew, and what the cache held before is not in it.
            _resumptions = _log.Statistics.Resumptions;
            _history = _history.Cleared().AllAcknowledged();
        }
    }

    private void Do(LogStep step)
    {
        int key = step.Key;
        switch (step.Kind)
        {
            case LogStepKind.Set:
                Put(key, step.Size, default, long.MaxValue);
                break;
            case LogStepKind.SetTagged:
                Put(key, step.Size, step.Tags, long.MaxValue);
                break;
            case LogStepKind.SetWithDeadline:
                TimeSpan life = TimeSpan.FromMilliseconds(step.Size + 1);
                Put(key, step.Size, new EntryOptions { ExpireAfterWrite = life }, UtcNow + life.Ticks);
                break;
            case LogStepKind.SetWithIdleLimit:
                TimeSpan idle = TimeSpan.FromMilliseconds(step.Size + 1);
                Put(key, step.Size, new EntryOptions { ExpireAfterAccess = idle }, UtcNow + idle.Ticks, idle.Ticks);
                break;
            case LogStepKind.SetAcknowledged:
                string acknowledged = NextValue(step.Size);
                _history = _history.With(key, acknowledged);
                Complete(_log.SetAsync(step.Name, acknowledged).AsTask());
                _history = _history.AllAcknowledged();
                break;
            case LogStepKind.TryUpdate:
                string updated = NextValue(step.Size);
                bool isThere = _log.Cache.ContainsKey(LogPrograms.NameOf(key));
                _history = _history.With(key, isThere ? updated : null);
                _log.Cache.TryUpdate(LogPrograms.NameOf(key), updated);
                EndWrite();
                break;
            case LogStepKind.GetOrAdd:
                // A load is no write: nobody was told that it is safe.
                string loaded = NextValue(step.Size);
                if (!_log.Cache.ContainsKey(LogPrograms.NameOf(key)))
                {
                    _history = _history.With(key, loaded);
                    _log.Cache.GetOrAdd(LogPrograms.NameOf(key), _ => loaded);
                }

                break;
            case LogStepKind.ShortenLife:
                Shorten(key, TimeSpan.FromMilliseconds(step.Size + 1));
                break;
            case LogStepKind.Remove:
                _history = _history.With(key, value: null);
                _log.Cache.TryRemove(LogPrograms.NameOf(key));
                EndWrite();
                break;
            case LogStepKind.RemoveAcknowledged:
                _history = _history.With(key, value: null);
                Complete(_log.TryRemoveAsync(step.Name).AsTask());
                _history = _history.AllAcknowledged();
                break;
            case LogStepKind.RemoveTag:
                _history = _history.WithoutTag(step.Tag);
                _log.Cache.RemoveByTag(step.Tag);
                EndWrite();
                break;
            case LogStepKind.RemoveTagAcknowledged:
                _history = _history.WithoutTag(step.Tag);
                Complete(_log.RemoveByTagAsync(step.Tag).AsTask());
                _history = _history.AllAcknowledged();
                break;
            case LogStepKind.RemovePrefix:
                _history = _history.WithoutPrefix(step.Prefix);
                _log.Cache.RemoveByPrefix(step.Prefix);
                EndWrite();
                break;
            case LogStepKind.Clear:
                _history = _history.Cleared();
                _log.Cache.Clear();
                EndWrite();
                break;
            case LogStepKind.ClearAcknowledged:
                _history = _history.Cleared();
                Complete(_log.ClearAsync().AsTask());
                _history = _history.AllAcknowledged();
                break;
            case LogStepKind.Flush:
                Complete(_log.FlushAsync().AsTask());
                _history = _history.AllAcknowledged();
                break;
            case LogStepKind.Advance:
                _time.Advance(TimeSpan.FromMilliseconds(step.Key == 0 ? 5 * step.Size : step.Size));
                _latestUtc = Math.Max(_latestUtc, UtcNow);
                break;
            case LogStepKind.SetClockBack:
                var back = TimeSpan.FromMilliseconds(step.Size);
                _history = _history.WithClockSetBack(back.Ticks);
                _time.JumpBack(back);
                break;
            case LogStepKind.FailOnce:
                Fail(step, operations: 1);
                break;
            case LogStepKind.FailForAWhile:
                Fail(step, operations: 1 + step.Size);
                break;
            case LogStepKind.Reopen:
                NoteExpired();
                (_isLive, _isStopping) = (false, true);

                // The cache may wait for its own background work, but nobody else does anything meanwhile.
                _log.DisposeAsync().AsTask().GetAwaiter().GetResult();
                NoteState();
                _isStopping = false;
                _history = _log.Statistics.IsDegraded ? _history : _history.AllAcknowledged();
                GoOnWith(new SimulatedStorage(_storage.Snapshot()), "an orderly stop");
                break;
            case LogStepKind.KillProcess:
                Abandon();
                GoOnWith(_storage.Snapshot().Crash(CrashPolicy.ProcessKilled), "the end of the process");
                break;
            default:
                Abandon();
                GoOnWith(_storage.Snapshot().Crash(CrashPolicy.PowerCutTorn, _random.Next(int.MaxValue)), "a power cut");
                break;
        }
    }

    private void Put(int key, int size, EntryOptions options, long expiresAt, long idleLimit = 0)
    {
        string value = NextValue(size);
        _history = _history.With(key, value, expiresAt, idleLimit, [.. options.Tags ?? []]);
        _log.Cache.Set(LogPrograms.NameOf(key), value, options);
        EndWrite();
    }

    private void Shorten(int key, TimeSpan life)
    {
        if (_log.Cache.TryPeek(LogPrograms.NameOf(key), out string? value))
        {
            _history = _history.With(key, value, UtcNow + life.Ticks, tags: _history.Last(key)!.Tags);
            _log.Cache.TrySetExpiry(LogPrograms.NameOf(key), new EntryOptions { ExpireAfterWrite = life });
            EndWrite();
        }
    }

    private void EndWrite()
    {
        if (_program.Durability == LogDurability.EveryWrite)
        {
            _history = _history.AllAcknowledged();
        }
    }

    /// <summary>A value of its own: of one letter, so that it compresses, or of many, so that it does not.</summary>
    private string NextValue(int size)
    {
        char[] letters = new char[size];
        bool isRandom = ++_values % 2 == 0;
        for (int at = 0; at < size; at++)
        {
            letters[at] = (char)(isRandom ? '0' + _random.Next(74) : 'x');
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_values}:{new string(letters)}");
    }

    private static void Complete(Task task)
    {
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("Somebody waits who should not have to.");
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>The process is gone: what it has not written never will be.</summary>
    private void Abandon()
    {
        _isLive = false;
        _storage.AtBoundary = null;
        _log.Cache.Dispose();
        _storage.Dispose();
    }

    private void GoOnWith(SimulatedStorage storage, string after)
    {
        // Another process, with timers of its own.
        _time = TimeFrom(_time);
        _forgotten = _resumptions = 0;
        _storage = storage;

        // What the opening will give up for want of room need not be there from its first operation on.
        _history = RequireRestart(new SimulatedStorage(storage.Snapshot()), _history, after);
        _storage.AtBoundary = Crash;
        _log = Restart.Open(_program, storage, _time);
        string?[] contents = Restart.Contents(_log);
        Require(_history, contents, after);
        _isLive = true;

        // What has come back is what there is, and it was made durable when the log was opened. A value that has not cannot come later,
        // but for one that has expired, if the clock is set back.
        for (int key = 0; key < contents.Length; key++)
        {
            if (contents[key] is { } value)
            {
                TimeSpan left = _log.Cache.TimeToLive(LogPrograms.NameOf(key)) ?? throw new InvalidOperationException("An entry has gone that nobody removed.");
                long expiresAt = left == Timeout.InfiniteTimeSpan ? long.MaxValue : UtcNow + left.Ticks;
                _history = _history.WithRestored(key, value, expiresAt, UtcNow);
                Require(_history.Last(key)!.ExpiresAt >= expiresAt, $"After {after}: key {key} lives on until {expiresAt}, which is too long.");
            }
            else if (_history.Last(key) is { Value: not null } last && last.ExpiresAt > _latestUtc)
            {
                _history = _history.With(key, value: null);
            }
        }

        _history = _history.AllAcknowledged();
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new InvalidOperationException(fault);
        }
    }

    /// <summary>Lets operations fail, from the next one or a few later on.</summary>
    private void Fail(LogStep step, int operations)
    {
        _hasFaults = true;
        int first = _storage.Boundaries + (step.Key * 2);
        StorageError error = (step.Size & 1) == 0 ? StorageError.DeviceFailed : StorageError.NoSpace;
        _storage.Fault = boundary => boundary.Number >= first && boundary.Number < first + operations ? error : StorageError.None;
    }

    /// <summary>While the log has failed nothing is sure; and what it has given up for want of room need not come back.</summary>
    private void NoteState()
    {
        CacheLogStatistics statistics = _log.Statistics;
        if (statistics.IsDegraded || statistics.ForgottenSegments > _forgotten)
        {
            _forgotten = statistics.ForgottenSegments;
            _history = _history.WithNothingSure();
        }
    }

    private void RequireBound(StorageImage image)
    {
        var storage = new SimulatedStorage(image);
        storage.List(out IReadOnlyList<string> names);
        long length = names.Where(static name => name.EndsWith(".seg", StringComparison.Ordinal)).Sum(name => (long)storage.Bytes(name).Length);

        // A record that is longer than a segment has one of its own.
        Require(
            _hasFaults || length <= _program.MaxLogSize + Math.Max(_program.SegmentSize, LongestBlock),
            $"The log has {length} bytes and may have {_program.MaxLogSize}.");
    }

    /// <summary>What has expired by the cache's own clock need not come back, even if the wall clock was set back and says otherwise.</summary>
    private void NoteExpired()
    {
        for (int key = 0; _isLive && key < LogPrograms.Keys; key++)
        {
            if (_history.Last(key) is { Value: not null } && !_log.Cache.ContainsKey(LogPrograms.NameOf(key)))
            {
                _history = _history.WithExpired(key);
            }
        }
    }

    private void Crash(Boundary boundary)
    {
        NoteExpired();
        if (_isLive || _isStopping)
        {
            NoteState();
            RequireBound(boundary.InFlight);
        }

        int seed = _random.Next(int.MaxValue);
        Check(boundary.InFlight.Crash(CrashPolicy.PowerCutTorn, seed), $"a power cut in operation {boundary.Number} ({boundary.Operation} {boundary.Name}), seed {seed}");
        CrashPolicy other = (seed & 1) == 0 ? CrashPolicy.ProcessKilled : CrashPolicy.PowerCutDropAll;
        Check(boundary.Before.Crash(other), $"{other} before operation {boundary.Number} ({boundary.Operation} {boundary.Name})");
    }

    /// <summary>Restarts twice: from the crash, and from a crash of that restart.</summary>
    private void Check(SimulatedStorage storage, string after)
    {
        Boundary? second = null;
        int stopAt = _random.Next(8);
        storage.AtBoundary = boundary => second = boundary.Number <= stopAt ? boundary : second;
        History known = RequireRestart(storage, _history, after);
        if (second is { } again)
        {
            SimulatedStorage crashed = again.InFlight.Crash(CrashPolicy.PowerCutTorn, _random.Next(int.MaxValue));
            RequireRestart(crashed, known, $"{after}, and another in operation {again.Number} ({again.Operation} {again.Name}) of the restart");
        }
    }

    /// <summary>Restarts, and returns what can be known after that.</summary>
    private History RequireRestart(SimulatedStorage storage, History known, string after)
    {
        Restarts++;
        CacheLog<string, string> log = Restart.Open(_program, storage, TimeFrom(_time));
        string?[] contents = Restart.Contents(log);
        log.Cache.Dispose();
        _lastReport = log.Restored.GetAwaiter().GetResult();
        known = log.Statistics.ForgottenSegments > 0 ? known.WithNothingSure() : known;
        Require(known, contents, after);
        return known;
    }

    private static ManualTimeProvider TimeFrom(ManualTimeProvider other)
    {
        var time = new ManualTimeProvider();
        time.MoveTo(other.GetUtcNow());
        return time;
    }

    private void Require(History history, string?[] contents, string after)
    {
        // Timers write in the middle of a step.
        _latestUtc = Math.Max(_latestUtc, UtcNow);
        for (int key = 0; key < contents.Length; key++)
        {
            if (history.FaultOf(key, contents[key], UtcNow, _latestUtc) is { } fault)
            {
                throw new InvalidOperationException(
                    $"After {after}: {fault}. {_lastReport}. Acknowledged: {history.Acknowledged} of{Environment.NewLine}{history}");
            }
        }
    }
}
