using System.Collections.Concurrent;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Properties.Loading;

/// <summary>Runs a program on a cache and on a model side by side.</summary>
/// <remarks>
/// A step does one thing, and the next one begins when all that the model says has happened. So a program does the same whenever it
/// runs, but for which of several callers leads who ask again at the same time.
/// </remarks>
internal sealed partial class LoadRun : IDisposable
{
    // Keys that nobody loads are the numbers from here on.
    private const int FirstOther = 1000;
    private const int OthersAtOnce = 50;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(5);

    private readonly LoadSetup _setup;
    private readonly ManualTimeProvider _time = new();
    private readonly Cache<int, int> _cache;
    private readonly LoadModel _model;
    private readonly List<Caller> _callers = [];
    private readonly ConcurrentQueue<Job> _newJobs = [];
    private int _step;
    private int _others;

    private LoadRun(LoadSetup setup)
    {
        _setup = setup;
        _cache = setup.Create(_time);
        _model = new LoadModel(setup);
    }

    public static void Run(LoadProgram program)
    {
        // Without a context a factory goes on in the step that ends it, on its thread.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        using var run = new LoadRun(program.Setup);
        try
        {
            foreach (LoadStep step in program.Steps)
            {
                run.Step(step);
            }

            run.EndAll();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose()
    {
        _cache.Dispose();
        _callers.ForEach(static caller => caller.Cancellation?.Dispose());
    }

    private void Step(LoadStep step)
    {
        _step++;
        switch (step.Kind)
        {
            case LoadStepKind.Load or LoadStepKind.LoadInThread or LoadStepKind.LoadMany:
                Ask(step);
                break;
            case LoadStepKind.CancelCaller:
                Cancel(step.Key);
                break;
            case LoadStepKind.Set:
                _model.Set(step.Key, LoadModel.ValueOf(_step, step.Key));
                Assert.True(_cache.Set(step.Key, LoadModel.ValueOf(_step, step.Key)));
                break;
            case LoadStepKind.TryRemove:
                Assert.Equal(_model.Remove(step.Key), _cache.TryRemove(step.Key));
                break;
            case LoadStepKind.Clear:
                _model.Clear();
                _cache.Clear();
                break;
            case LoadStepKind.Trim:
                Trim(step.Amount);
                break;
            case LoadStepKind.Grow:
                _cache.SetMany(Enumerable.Range(FirstOther + _others, OthersAtOnce).Select(static key => KeyValuePair.Create(key, 0)));
                _others += OthersAtOnce;
                break;
            case LoadStepKind.Advance:
                _model.Advance(step.Amount);
                _time.Advance(TimeSpan.FromMilliseconds(step.Amount));
                break;
            default:
                End(step);
                break;
        }

        Settle();
        Verify();
    }

    private void Cancel(int number)
    {
        List<Caller> callers = [.. _callers.Where(static caller => caller is { Cancellation: not null, Model.Result: null })];
        if (callers.Count > 0)
        {
            Caller caller = callers[number % callers.Count];
            _model.Cancel(caller.Model);
            caller.Cancellation!.Cancel();
        }
    }

    private void Trim(int count)
    {
        // What is stale cannot be seen, so either all of that goes or nothing.
        if (_setup.Patience.Grace > 0)
        {
            _model.ForgetAll();
            count = int.MaxValue;
        }

        int present = _model.Present.Count;
        _cache.Trim(count);
        ForgetEvicted();
        Assert.InRange(_model.Present.Count, Math.Max(0, present - count), present);
    }

    /// <summary>Ends one of the factories that stall.</summary>
    private void End(LoadStep step)
    {
        List<ModelCall> calls = [.. _model.Calls.Where(static call => call.Job is not null)];
        if (calls.Count == 0)
        {
            return;
        }

        ModelCall call = calls[step.Key % calls.Count];
        Job job = call.Job!;
        bool asks = step.Kind == LoadStepKind.EndByAsking && job.Context is not null && !call.HasFired && _setup.NeverEvicts;
        if (asks)
        {
            _model.Ask(call, _step, step.Other, step.Inner, step);
        }
        else if (step.Kind is LoadStepKind.EndWithValue or LoadStepKind.EndByAsking)
        {
            _model.End(call, new LoadEnd(LoadEndKind.Value, LoadModel.ValueOf(_step, job.Keys[0])), ValuesOf(step, job, _step));
        }
        else
        {
            _model.End(call, step.Kind switch
            {
                LoadStepKind.EndWithFailure => new LoadEnd(LoadEndKind.Failure, _step),
                LoadStepKind.EndCancelled => new LoadEnd(LoadEndKind.Cancelled),
                _ => LoadModel.Dropped(call),
            });
        }

        job.End(new JobOrder(step, _step, asks ? _model.LastAsking : null));
    }

    /// <summary>Waits until the cache has done what the model says; fails if it does not, or does something else.</summary>
    private void Settle()
    {
        var wait = default(SpinWait);
        var watchdog = new Watchdog(Hang);
        while (true)
        {
            while (_newJobs.TryDequeue(out Job? job))
            {
                _model.Adopt(job);
            }

            if (IsSettled())
            {
                return;
            }

            if (watchdog.HasNoPatience)
            {
                Assert.Fail($"{_cache.LoadsInProgress} loads with {_cache.LoadWaiters} waiters; expected {_model.LoadsInProgress} with "
                    + $"{_model.Waiters}. Callers: {string.Join("; ", _callers)}. "
                    + $"Factories not called: {_model.Calls.Count(static call => call.IsExpected)}.");
            }

            wait.SpinOnce(sleep1Threshold: 100);
        }
    }

    private bool IsSettled()
        => _callers.TrueForAll(static caller => caller.Model.Result is null || caller.Result.IsCompleted)
            && _model.Calls.All(static call => !call.IsExpected)
            && _cache.LoadsInProgress == _model.LoadsInProgress
            && _cache.LoadWaiters == _model.Waiters;

    private void Verify()
    {
        Assert.Empty(_newJobs);
        Assert.All(_callers, static caller => Assert.Equal(caller.Model.Result, caller.Result.IsCompleted ? caller.Result.Result : null));
        foreach (ModelCall call in _model.Calls)
        {
            Assert.True(call.Job is null || call.Job.Token.IsCancellationRequested == call.HasFired, $"the token of {call.Job}");
        }

        ForgetEvicted();
        Assert.Equal(_model.Present, _cache.Where(static entry => entry.Key < FirstOther).ToDictionary());
        _cache.AssertConsistent();
    }

    private void ForgetEvicted()
    {
        foreach (int key in _model.Present.Keys.Where(key => !_cache.ContainsKey(key)).ToList())
        {
            Assert.True(_cache.Statistics.Evictions > 0, $"{key} is absent and nothing was evicted");
            _model.Forget(key);
        }
    }

    /// <summary>Ends all factories, and those that are called then, until nothing is in progress.</summary>
    private void EndAll()
    {
        while (_model.LoadsInProgress > 0)
        {
            Step(new LoadStep(LoadStepKind.EndWithValue, 0, 0, default, default, false, false, Amount: -1));
        }

        Assert.Equal(0, _cache.LoadsInProgress);
        Assert.All(_callers, static caller => Assert.True(caller.Result.IsCompleted));
    }
}
