using System.Globalization;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Crashes;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>Runs a program step by step, on one thread: what somebody else does to a log at which a test looks.</summary>
internal sealed class InspectedProgram : IDisposable
{
    private readonly LogProgram _program;
    private CacheLog<string, string> _log;
    private int _next;

    public InspectedProgram(LogProgram program)
    {
        _program = program;
        _log = Restart.Open(program, Storage, Time);
    }

    public SimulatedStorage Storage { get; private set; } = new();

    public ManualTimeProvider Time { get; private set; } = new();

    /// <summary>Everything that was ever put, by key.</summary>
    public HashSet<(int Key, string Value)> Put { get; } = [];

    public void RunAll()
    {
        while (TryStep())
        {
        }
    }

    /// <summary>False if the program is over.</summary>
    public bool TryStep()
    {
        if (_next == _program.Steps.Count)
        {
            return false;
        }

        Do(_program.Steps[_next++]);
        return true;
    }

    /// <summary>The log as it is left by the end of the process, an orderly one or not.</summary>
    public StorageImage Leave(bool stops)
    {
        if (stops)
        {
            _log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return Storage.Snapshot();
    }

    public void Dispose() => _log.Cache.Dispose();

    private void Do(LogStep step)
    {
        switch (step.Kind)
        {
            case LogStepKind.SetWithDeadline:
                Set(step, new EntryOptions { ExpireAfterWrite = TimeSpan.FromMilliseconds(step.Size + 1) });
                break;
            case LogStepKind.SetWithIdleLimit:
                Set(step, new EntryOptions { ExpireAfterAccess = TimeSpan.FromMilliseconds(step.Size + 1) });
                break;
            case LogStepKind.Remove or LogStepKind.RemoveAcknowledged:
                _log.Cache.TryRemove(step.Name);
                break;
            case LogStepKind.Clear or LogStepKind.ClearAcknowledged:
                _log.Cache.Clear();
                break;
            case LogStepKind.SetTagged:
                Set(step, step.Tags);
                break;
            case LogStepKind.RemoveTag or LogStepKind.RemoveTagAcknowledged:
                _log.Cache.RemoveByTag(step.Tag);
                break;
            case LogStepKind.RemovePrefix:
                _log.Cache.RemoveByPrefix(step.Prefix);
                break;
            case LogStepKind.Flush or LogStepKind.SetAcknowledged:
                _log.FlushAsync().AsTask().GetAwaiter().GetResult();
                break;
            case LogStepKind.Advance:
                Time.Advance(TimeSpan.FromMilliseconds(step.Size));
                break;
            case LogStepKind.SetClockBack:
                Time.JumpBack(TimeSpan.FromMilliseconds(step.Size));
                break;
            case LogStepKind.Reopen:
                GoOnWith(new SimulatedStorage(Leave(stops: true)));
                break;
            case LogStepKind.KillProcess:
                Kill(CrashPolicy.ProcessKilled);
                break;
            case LogStepKind.CutPower:
                Kill(CrashPolicy.PowerCutTorn);
                break;
            default:
                Set(step, default);
                break;
        }
    }

    private void Set(LogStep step, EntryOptions options)
    {
        string value = string.Create(CultureInfo.InvariantCulture, $"{_next}:{new string('x', step.Size)}");
        Put.Add((step.Key, value));
        _log.Cache.Set(step.Name, value, options);
    }

    private void Kill(CrashPolicy policy)
    {
        _log.Cache.Dispose();
        Storage.Dispose();
        GoOnWith(Storage.Snapshot().Crash(policy, _program.Seed));
    }

    private void GoOnWith(SimulatedStorage storage)
    {
        // Another process, with timers of its own.
        var time = new ManualTimeProvider();
        time.MoveTo(Time.GetUtcNow());
        Time = time;
        Storage = storage;
        _log = Restart.Open(_program, storage, Time);
    }
}
