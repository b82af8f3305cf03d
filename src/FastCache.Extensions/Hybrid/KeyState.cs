namespace FastCache.Extensions.Hybrid;

/// <summary>A key that somebody writes or loads.</summary>
/// <remarks>
/// What a write does in the process it does under <see cref="Gate"/>: it outdates the loads that run, changes the local cache, and takes its
/// turn at the second level, which sees writes in the same order. No code of the application runs there.
/// </remarks>
internal sealed class KeyState(string key)
{
    private readonly List<RunningLoad> _loads = [];

    public string Key { get; } = key;

    public Lock Gate { get; } = new();

    /// <summary>How many are at it. Under the lock of <see cref="KeyOrder"/>.</summary>
    public int Users { get; set; }

    /// <summary>Complete when all writes to the second level are over that have a turn. Under the gate.</summary>
    public Task LastWrite { get; private set; } = Task.CompletedTask;

    public RunningLoad Begin(FlightKey? flight, string[] tags)
    {
        lock (Gate)
        {
            var load = new RunningLoad(flight, tags, LastWrite);
            _loads.Add(load);
            return load;
        }
    }

    public void End(RunningLoad load)
    {
        lock (Gate)
        {
            _loads.Remove(load);
        }
    }

    /// <summary>What is loaded now is older than what has just happened. Under the gate.</summary>
    /// <param name="tag">Only if it has this tag; null: whatever it has.</param>
    /// <param name="outdate">Is told of each.</param>
    public void Outdate(string? tag, Action<RunningLoad> outdate)
    {
        foreach (RunningLoad load in _loads)
        {
            if (!load.IsOutdated && (tag is null || load.Tags.Contains(tag)))
            {
                load.IsOutdated = true;
                outdate(load);
            }
        }
    }

    /// <summary>Takes the next turn at the second level, which stays at the key until its end. Under the gate.</summary>
    public WriteTurn Queue(KeyOrder order)
    {
        order.Enter(Key);
        var turn = new WriteTurn(order, this, LastWrite);
        LastWrite = turn.Done;
        return turn;
    }
}
