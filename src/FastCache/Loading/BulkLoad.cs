namespace FastCache.Loading;

/// <summary>One load of several keys: the part that its caller leads, and the loads in progress that it joins.</summary>
/// <remarks>
/// Led loads run and end before joined ones are waited for, so that two of these with keys in common never wait for each other.
/// </remarks>
internal sealed class BulkLoad<TKey, TValue, TTarget>
    where TKey : notnull
    where TTarget : struct, ILoadTarget<TKey, TValue>
{
    private readonly List<(Flight<TKey, TValue> Flight, TTarget Target)> _led = [];
    private readonly List<(Flight<TKey, TValue> Flight, LoadStart Start, TKey Key)> _waited = [];

    /// <summary>The keys that the caller loads.</summary>
    public List<TKey> Keys { get; } = [];

    /// <summary>What is waited for: the led loads first.</summary>
    public IReadOnlyList<(Flight<TKey, TValue> Flight, LoadStart Start, TKey Key)> Waited => _waited;

    public void Lead(Flight<TKey, TValue> flight, TTarget target, TKey key)
    {
        flight.WaitAsLeader();
        _led.Add((flight, target));
        _waited.Insert(Keys.Count, (flight, LoadStart.Lead, key));
        Keys.Add(key);
    }

    public void Join(Flight<TKey, TValue> flight, LoadStart start, TKey key) => _waited.Add((flight, start, key));

    /// <summary>Says what fires when nobody waits for any of the led loads.</summary>
    public void CancelThrough(ILoadCancellation cancellation)
    {
        foreach ((Flight<TKey, TValue> flight, _) in _led)
        {
            flight.CancelThrough(cancellation);
        }
    }

    /// <summary>Calls the factory.</summary>
    public ValueTask<IEnumerable<KeyValuePair<TKey, TValue>>> Start(
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IEnumerable<KeyValuePair<TKey, TValue>>>> factory,
        CancellationToken cancellationToken)
    {
        // All of them end when the first one does.
        Flight<TKey, TValue> first = _led[0].Flight;
        foreach ((Flight<TKey, TValue> flight, _) in _led.Skip(1))
        {
            LoadNode.BeginWait(flight, first);
        }

        LoadNode? outer = first.Enter();
        try
        {
            return factory(Keys, cancellationToken);
        }
        finally
        {
            first.Exit(outer);
        }
    }

    /// <summary>Ends the led loads with the values that there are.</summary>
    public void End(LoadOptions options, Dictionary<TKey, TValue> values)
    {
        foreach ((Flight<TKey, TValue> flight, TTarget target) in _led)
        {
            flight.ForgetWaits();
            target.End(flight, options, values.TryGetValue(flight.Key, out TValue? value)
                ? LoadOutcome<TValue>.Of(value)
                : LoadOutcome<TValue>.Missing);
        }
    }

    /// <summary>Ends all of the led loads in the same way.</summary>
    public void End(LoadOptions options, LoadOutcome<TValue> outcome)
    {
        foreach ((Flight<TKey, TValue> flight, TTarget target) in _led)
        {
            flight.ForgetWaits();
            target.End(flight, options, outcome);
        }
    }

    /// <summary>The caller waits no longer for what comes from an index on.</summary>
    public void LeaveFrom(int index)
    {
        for (; index < _waited.Count; index++)
        {
            _waited[index].Flight.Leave();
            _waited[index].Flight.Release();
        }
    }
}
