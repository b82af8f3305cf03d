using Xunit;

namespace FastCache.Tests.Properties.Loading;

/// <summary>What a cache that loads does, one thing after the other.</summary>
/// <remarks>
/// Where several callers ask again at the same time, which of them leads is seen and not predicted: see <see cref="Adopt"/>.
/// </remarks>
internal sealed partial class LoadModel(LoadSetup setup)
{
    private readonly Dictionary<int, ModelEntry> _entries = [];
    private readonly SortedDictionary<int, ModelFlight> _flights = [];
    private readonly Queue<ModelCaller> _again = [];
    private long _now;

    public int LoadsInProgress => _flights.Count;

    public int Waiters => _flights.Values.Sum(static flight => flight.Waits.Count + (flight.Call.IsBackground ? 1 : 0));

    /// <summary>The calls of factories that have not ended.</summary>
    public IEnumerable<ModelCall> Calls => _flights.Values.Select(static flight => flight.Call).Distinct();

    /// <summary>Who has asked last on behalf of a factory that a step has called or ended.</summary>
    public ModelCaller? LastAsking { get; private set; }

    /// <summary>What can be read.</summary>
    public Dictionary<int, int> Present
        => _entries.Where(entry => _now < entry.Value.ExpiresAt).ToDictionary(entry => entry.Key, entry => entry.Value.Value);

    public void Set(int key, int value)
    {
        // One that is replaced in place concerns nobody but a load that guards it.
        bool isInPlace = _entries.TryGetValue(key, out ModelEntry? entry) && _now < entry.ExpiresAt
            && !(_flights.TryGetValue(key, out ModelFlight? flight) && !flight.IsInvalidated);
        if (!isInPlace)
        {
            Invalidate(key);
        }

        Write(key, value);
    }

    public bool Remove(int key)
    {
        Invalidate(key);
        return _entries.Remove(key, out ModelEntry? entry) && _now < entry.ExpiresAt;
    }

    public void Clear()
    {
        foreach (ModelFlight flight in _flights.Values)
        {
            flight.IsInvalidated = true;
        }

        _entries.Clear();
    }

    public void Advance(int milliseconds) => _now += milliseconds;

    /// <summary>An entry has been evicted, which concerns no load.</summary>
    public void Forget(int key) => _entries.Remove(key);

    /// <summary>The same for all of them.</summary>
    public void ForgetAll() => _entries.Clear();

    /// <summary>A caller gives up.</summary>
    public void Cancel(ModelCaller caller)
    {
        caller.HasCancelled = true;
        Leave(caller);
        AskAgain();
    }

    /// <summary>A factory that stalls ends.</summary>
    public void End(ModelCall call, LoadEnd end, Func<int, int?>? values = null)
    {
        EndCall(call, end, values);
        AskAgain();
    }

    /// <summary>How it ends if it says that it is cancelled, and not by which token.</summary>
    public static LoadEnd Dropped(ModelCall call)
        => new(call.Leader is { HasCancelled: true } ? LoadEndKind.Cancelled : LoadEndKind.Dropped);

    /// <summary>A factory stalls: one that is expected to.</summary>
    public void Adopt(Job job)
    {
        Assert.All(job.Keys, key => Assert.True(
            _flights.TryGetValue(key, out ModelFlight? flight) && flight.Call.IsExpected, $"{job}, which is not to be called"));
        List<ModelFlight> flights = [.. job.Keys.Select(key => _flights[key])];
        Assert.All(flights, flight => Assert.Contains(job.Owner, flight.Call.Owners));
        ModelCall call = flights[0].Call;
        if (call.Leader is null && !call.IsBackground)
        {
            call = Start(flights, job.Owner);
            foreach (ModelWait wait in flights.SelectMany(static flight => flight.Waits))
            {
                wait.Part = wait.Caller == job.Owner ? Part.Leads : Part.Joins;
            }
        }

        Assert.Equal(call.Flights, flights);
        if (job.Context is { } context)
        {
            Assert.Equal(call.IsBackground, context.IsBackground);
            Assert.Equal(flights[0].Previous?.Value, context.HasPreviousValue ? context.PreviousValue : null);
        }

        call.Job = job;
    }

    private void Write(int key, int value)
    {
        long expiresAt = setup.Life == 0 ? long.MaxValue : _now + setup.Life;
        long? refreshAt = setup.Life == 0 || setup.Patience.Eager is not { } part ? null : _now + (long)(setup.Life * part);
        _entries[key] = new ModelEntry(value, expiresAt, refreshAt);
    }

    private void Invalidate(int key)
    {
        foreach (ModelFlight flight in _flights.Values.Where(flight => setup.IsSameHash(flight.Key, key)))
        {
            flight.IsInvalidated = true;
        }
    }

    private void Leave(ModelCaller caller)
    {
        foreach (ModelWait wait in caller.Waits.Where(static wait => !wait.IsOver))
        {
            wait.IsOver = true;
            wait.Flight.Waits.Remove(wait);
            ModelCall call = wait.Flight.Call;
            if (wait.Flight.Waits.Count == 0 && call.CanFire && --call.Wanted == 0)
            {
                Fire(call);
            }
        }

        Finish(caller, new LoadEnd(LoadEndKind.Cancelled));
    }

    /// <summary>Nobody waits any more: a factory that waits for another load waits no longer; one that stalls is deaf.</summary>
    private void Fire(ModelCall call)
    {
        call.HasFired = true;
        if (call.Asking is { Result: null } asking)
        {
            Leave(asking);
        }
    }

    private void EndCall(ModelCall call, LoadEnd end, Func<int, int?>? values = null)
    {
        foreach (ModelFlight flight in call.Flights)
        {
            LoadEnd own = values is null ? end
                : values(flight.Key) is { } value ? new LoadEnd(LoadEndKind.Value, value)
                : new LoadEnd(LoadEndKind.Missing);
            own = Keep(flight, own);
            _flights.Remove(flight.Key);
            foreach (ModelWait wait in flight.Waits)
            {
                Resolve(wait, own);
            }
        }
    }

    /// <summary>Keeps what a load has brought, or says what takes its place.</summary>
    private LoadEnd Keep(ModelFlight flight, LoadEnd end)
    {
        if (flight.IsInvalidated)
        {
            return end;
        }

        if (end.Kind == LoadEndKind.Value)
        {
            Write(flight.Key, end.Number);
        }
        else if (flight.Previous is { } previous && !end.HandsOver)
        {
            previous.RefreshAt = _now + setup.Patience.Throttle;
            if (_now - previous.ExpiresAt < setup.Patience.FailSafe)
            {
                return new LoadEnd(LoadEndKind.Value, previous.Value);
            }
        }

        return end;
    }

    private void Resolve(ModelWait wait, LoadEnd end)
    {
        ModelCaller caller = wait.Caller;
        wait.IsOver = true;
        if (wait.Part == Part.AsksAgain || (wait.Part == Part.Joins && end.HandsOver))
        {
            wait.IsForNothing = true;
        }
        else if (!caller.IsBulk)
        {
            Finish(caller, end);
            return;
        }
        else if (end.Kind == LoadEndKind.Value)
        {
            caller.Values[wait.Flight.Key] = end.Number;
        }
        else if (end.Kind != LoadEndKind.Missing)
        {
            wait.Failure = end;
        }

        EndRound(caller);
    }

    /// <summary>When a caller waits for nothing more, it asks again or has what it wanted.</summary>
    private void EndRound(ModelCaller caller)
    {
        if (caller.Result is not null || !caller.Waits.TrueForAll(static wait => wait.IsOver))
        {
            return;
        }

        // In the order in which they are waited for: the first failure of a round counts.
        List<ModelWait> waits = [.. caller.Waits.OrderBy(static wait => wait.Part != Part.Leads)];
        caller.Failure = waits.Find(static wait => wait.Failure is not null)?.Failure ?? caller.Failure;
        caller.Again = [.. waits.Where(static wait => wait.IsForNothing).Select(static wait => wait.Flight.Key)];
        if (caller.Again.Count > 0)
        {
            _again.Enqueue(caller);
        }
        else if (caller.Failure is { } failure)
        {
            Finish(caller, failure);
        }
        else
        {
            caller.Result = ModelCaller.Describe(caller.Values);
        }
    }

    private void Finish(ModelCaller caller, LoadEnd end)
    {
        caller.Result = end.ToString();
        if (caller.Parent is { } parent)
        {
            EndCall(parent, end.Kind == LoadEndKind.Dropped ? Dropped(parent) : end);
        }
    }
}
