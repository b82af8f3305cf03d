namespace FastCache.Tests.Properties.Loading;

internal sealed partial class LoadModel
{
    /// <summary>A caller asks for a key, and its factory is called at once if it is to be.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="key">The key.</param>
    /// <param name="behaviour">What its factory does.</param>
    /// <param name="step">What the factory of another key does.</param>
    public void Load(ModelCaller caller, int key, Behaviour behaviour, LoadStep step)
    {
        LoadAtOnce(caller, key, behaviour, step);
        AskAgain();
    }

    /// <summary>A caller asks for several keys.</summary>
    public void LoadMany(ModelCaller caller, IEnumerable<int> keys, Behaviour behaviour)
    {
        List<ModelFlight> led = BeginMany(caller, keys);
        if (led.Count > 0)
        {
            ModelCall call = Start(led, caller);
            if (behaviour == Behaviour.Return)
            {
                EndCall(call, default, key => ValueOf(caller.Id, key));
            }
            else if (behaviour == Behaviour.Throw)
            {
                EndCall(call, new LoadEnd(LoadEndKind.Failure, caller.Id));
            }
        }

        EndRound(caller);
        AskAgain();
    }

    /// <summary>A factory that stalls asks for another key, and ends as that does.</summary>
    public void Ask(ModelCall call, int id, int key, Behaviour behaviour, LoadStep step)
    {
        call.Job = null;
        AskAtOnce(call, id, key, behaviour, step);
        AskAgain();
    }

    /// <summary>What a factory returns that is told to by a step.</summary>
    public static int ValueOf(int step, int key) => (step * 100) + key;

    private void LoadAtOnce(ModelCaller caller, int key, Behaviour behaviour, LoadStep step)
    {
        if (Begin(caller, key) is not { } flight)
        {
            return;
        }

        ModelCall call = Start([flight], caller);
        switch (behaviour)
        {
            case Behaviour.Return:
                EndCall(call, new LoadEnd(LoadEndKind.Value, ValueOf(caller.Id, key)));
                break;
            case Behaviour.Throw:
                EndCall(call, new LoadEnd(LoadEndKind.Failure, caller.Id));
                break;
            case Behaviour.AskItself:
                AskAtOnce(call, caller.Id, key, Behaviour.Stall, step);
                break;
            case Behaviour.AskAnother:
                AskAtOnce(call, caller.Id, step.Other, step.Inner, step);
                break;
            case Behaviour.AskBack:
                AskAtOnce(call, caller.Id, caller.Parent!.Flights[0].Key, Behaviour.Stall, step);
                break;
            default:
                break;
        }
    }

    private void AskAtOnce(ModelCall call, int id, int key, Behaviour behaviour, LoadStep step)
    {
        call.Asking = new ModelCaller(id, call, call.CanFire, isBulk: false);
        ModelCaller asking = call.Asking;
        LoadAtOnce(asking, key, behaviour, step);
        LastAsking = asking;
    }

    private static ModelCall Start(IReadOnlyList<ModelFlight> flights, ModelCaller leader)
    {
        var call = new ModelCall(flights, isBackground: false);
        call.Owners.Add(leader);
        call.LeadBy(leader);
        foreach (ModelFlight flight in flights)
        {
            flight.Call = call;
        }

        return call;
    }

    /// <summary>Gives a caller the value that there is, or has it wait for a load; that load if it is a new one.</summary>
    private ModelFlight? Begin(ModelCaller caller, int key)
    {
        ModelEntry? entry = _entries.GetValueOrDefault(key);
        if (entry is not null && _now - setup.Patience.Grace >= entry.ExpiresAt)
        {
            entry = null;
        }

        if (entry is not null && Serves(entry, out bool refreshes))
        {
            if (refreshes)
            {
                Refresh(caller, key, entry);
            }

            Receive(caller, key, entry.Value);
            return null;
        }

        if (!_flights.TryGetValue(key, out ModelFlight? flight))
        {
            _flights[key] = flight = new ModelFlight(key, entry);
            Wait(caller, flight, Part.Leads);
            return flight;
        }

        if (caller.Parent is { } parent && Waits(flight.Call, parent))
        {
            Finish(caller, new LoadEnd(LoadEndKind.Circle));
            return null;
        }

        if (flight.Waits.Count == 0)
        {
            flight.Call.Wanted++;
        }

        Wait(caller, flight, flight.IsInvalidated ? Part.AsksAgain : Part.Joins);
        if (flight.Call is { Leader: null, IsBackground: false })
        {
            flight.Call.Owners.Add(caller);
        }

        return null;
    }

    /// <summary>Whether a load is served the value of an entry, and whether it is to be refreshed then.</summary>
    private bool Serves(ModelEntry entry, out bool refreshes)
    {
        if (_now < entry.ExpiresAt)
        {
            refreshes = entry.RefreshAt <= _now;
            return true;
        }

        long age = _now - entry.ExpiresAt;
        bool revalidates = age < setup.Patience.Revalidate;
        bool isPaused = entry.RefreshAt > _now && (revalidates || age < setup.Patience.FailSafe);
        refreshes = revalidates && !isPaused;
        return revalidates || isPaused;
    }

    private void Refresh(ModelCaller caller, int key, ModelEntry entry)
    {
        if (!_flights.TryGetValue(key, out ModelFlight? flight))
        {
            _flights[key] = flight = new ModelFlight(key, entry);
            flight.Call = new ModelCall([flight], isBackground: true);
        }

        // Of several who come at the same time one has it refreshed.
        if (flight.Call is { IsBackground: true, IsExpected: true })
        {
            flight.Call.Owners.Add(caller);
        }
    }

    private static void Wait(ModelCaller caller, ModelFlight flight, Part part)
    {
        var wait = new ModelWait(caller, flight, part);
        caller.Waits.Add(wait);
        flight.Waits.Add(wait);
    }

    private void Receive(ModelCaller caller, int key, int value)
    {
        if (caller.IsBulk)
        {
            caller.Values[key] = value;
        }
        else
        {
            Finish(caller, new LoadEnd(LoadEndKind.Value, value));
        }
    }

    private List<ModelFlight> BeginMany(ModelCaller caller, IEnumerable<int> keys)
        => [.. keys.Distinct().Select(key => Begin(caller, key)).OfType<ModelFlight>()];

    /// <summary>Whether the end of one call of a factory depends on another's.</summary>
    private static bool Waits(ModelCall call, ModelCall other)
        => call == other || (call.Asking?.Waits.Exists(wait => !wait.IsOver && Waits(wait.Flight.Call, other)) ?? false);

    /// <summary>Those whose loads have ended without an answer for them ask again, all at the same time.</summary>
    private void AskAgain()
    {
        while (_again.TryDequeue(out ModelCaller? caller))
        {
            (List<int> keys, caller.Again, caller.Waits) = (caller.Again, [], []);
            foreach (ModelFlight flight in BeginMany(caller, keys))
            {
                flight.Call = new ModelCall([flight], isBackground: false);
                flight.Call.Owners.Add(caller);
            }

            if (caller.IsBulk)
            {
                EndRound(caller);
            }
        }
    }
}
