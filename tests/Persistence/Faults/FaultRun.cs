using System.Globalization;
using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;

namespace FastCache.Tests.Persistence.Faults;

/// <summary>Runs a small program on a storage of which some operations fail, restarts from a crash at every operation, and judges what comes back.</summary>
internal sealed class FaultRun : IDisposable
{
    public const int SegmentSize = 700;
    public const int MaxLogSize = 4 * SegmentSize;
    private const int Steps = 60;
    private const int Keys = 5;

    private readonly FaultPlan _plan;
    private readonly SmallLog _log;
    private readonly FaultHistory _history = new();
    private readonly HashSet<string> _failedFiles = [];
    private SplitMix _random;
    private SplitMix _crashes;
    private long _resumptions;
    private bool _wasDegraded;
    private bool _isOpen;

    public FaultRun(FaultPlan plan)
    {
        _plan = plan;
        _random = new SplitMix(plan.Seed);
        _crashes = new SplitMix(plan.From);
        _log = new SmallLog
        {
            ConfigureCache = static options => options.Capacity = 16,
            Configure = static options =>
            {
                options.SegmentSize = SegmentSize;
                options.MaxLogSize = MaxLogSize;
                options.BlockSize = 128;
                options.MaxStagedBytes = 512;
            },
        };
        _log.Open();
        _log.Storage.Fault = Fail;
        _log.Storage.AtBoundary = Crash;
        _isOpen = true;
    }

    /// <summary>How often it has restarted.</summary>
    public long Restarts { get; private set; }

    public long Mends => _log.Log.Statistics.Mends;

    public long Resumptions => _resumptions;

    /// <summary>Operations of the storage so far.</summary>
    public int Boundaries => _log.Storage.Boundaries;

    /// <exception cref="InvalidOperationException">Something is wrong.</exception>
    public void Run()
    {
        for (int step = 0; step < Steps; step++)
        {
            Do(step);
            NoteState();
        }

        GoOnWhenAllIsWell();
    }

    public void Dispose()
    {
        _isOpen = false;
        _log.Dispose();
    }

    private void Do(int step)
    {
        int key = _random.Next(Keys);
        string value = string.Create(CultureInfo.InvariantCulture, $"{step}:{Noise.Of(step, _random.Next(12) == 0 ? 300 : 20)}");
        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                _history.Add(key, value);
                _log.Cache.Set(key, value);
                break;
            case 3 or 4 or 5:
                _history.Add(key, value);
                Judge(_log.TrySetAcknowledged(key, value));
                break;
            case 6:
                _history.Add(key, null);
                _log.Cache.TryRemove(key);
                break;
            case 7:
                _history.Add(key, null);
                Judge(_log.TryRemoveAcknowledged(key));
                break;
            case 8 when _random.Next(4) == 0:
                _history.Clear();
                _log.Cache.Clear();
                break;
            default:
                _log.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(4) == 0 ? 5000 : 100));
                break;
        }
    }

    private void Judge(bool isAcknowledged)
    {
        Require(!(isAcknowledged && _wasDegraded), "a write was acknowledged without a log");
        NoteState();
        if (isAcknowledged)
        {
            _history.Acknowledge();
        }
        else
        {
            Require(_wasDegraded, "a write was not acknowledged, and the log is not degraded");
        }
    }

    /// <summary>When the disk works the log goes on, with all that it has not lost.</summary>
    private void GoOnWhenAllIsWell()
    {
        _log.Storage.Fault = null;
        _log.Time.Advance(TimeSpan.FromMinutes(2));
        NoteState();
        Require(!_wasDegraded, $"it does not go on: {_log.Log.Statistics}");
        _history.Add(0, "last");
        Judge(_log.TrySetAcknowledged(0, "last"));
        Check(_log.Storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll), "a power cut at the end");
        _isOpen = false;
        _log.Stop();
        _history.Acknowledge();
        Check(new SimulatedStorage(_log.Storage.Snapshot()), "an orderly stop");
        Require(_log.Storage.OpenFiles == 0, $"{_log.Storage.OpenFiles} files are open");
    }

    private void NoteState()
    {
        _wasDegraded = _log.Writer!.HasFailed;
        if (_log.Log.Statistics.Resumptions is var resumptions && resumptions != _resumptions)
        {
            _resumptions = resumptions;
            _history.BeginAnew();
        }
    }

    private StorageError Fail(Boundary boundary)
    {
        bool isSegment = SegmentName.TryParse(boundary.Name, out _);
        bool isUse = boundary.Operation is StorageOperation.Write or StorageOperation.Sync;
        Require(!(isUse && _failedFiles.Contains(boundary.Name)), $"{boundary.Operation} of {boundary.Name}, which has failed");
        if (!_plan.Covers(boundary.Number))
        {
            return StorageError.None;
        }

        if (isSegment && isUse && (_plan.Error != StorageError.NoSpace || boundary.Operation == StorageOperation.Sync))
        {
            _failedFiles.Add(boundary.Name);
        }

        return _plan.Error;
    }

    private void Crash(Boundary boundary)
    {
        if (_isOpen && boundary.Number >= _plan.From)
        {
            string at = $"operation {boundary.Number} ({boundary.Operation} {boundary.Name})";
            int seed = _crashes.Next(int.MaxValue);
            NoteState();
            Check(boundary.InFlight.Crash(CrashPolicy.PowerCutTorn, seed), $"a power cut in {at}, seed {seed}", boundary);
            Check(boundary.Before.Crash(CrashPolicy.PowerCutDropAll), $"a power cut before {at}", boundary);
        }
    }

    private void Check(SimulatedStorage left, string after, Boundary boundary = default)
    {
        Restarts++;

        // What is deleted for want of space, or with a log that begins anew, is counted when it has gone.
        bool mayForget = _log.Writer!.HasFailed
            || _log.Log.Statistics.ForgottenSegments > 0
            || (_plan.Error == StorageError.NoSpace && boundary.Operation == StorageOperation.Delete);
        Dictionary<int, string> contents = _log.ContentsOf(left);
        string? fault = _history.FaultOf(contents, mayForget);
        Require(fault is null, $"After {after}: {fault}. {_log.Log.Statistics}");
    }

    private void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"{_plan}: {fault}");
        }
    }
}
