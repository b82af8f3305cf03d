namespace FastCache.Tests.Properties.Linearizability;

/// <summary>How far a thread is with a call that does not take effect all at once.</summary>
internal readonly record struct Progress
{
    /// <summary>Whether the times below are known.</summary>
    public bool HasBegun { get; init; }

    /// <summary>The moment that everybody knew had come when the call began.</summary>
    public long Known { get; init; }

    /// <summary>What the clock showed when the call looked at it.</summary>
    public long Now { get; init; }

    /// <summary>How many things it has done; what they are depends on the call.</summary>
    public int Done { get; init; }

    /// <summary>When the entry that it has found expires.</summary>
    public long End { get; init; }

    /// <summary>One more than the thread whose load it has joined; 0 for none.</summary>
    public int Joined { get; init; }

    /// <summary>What that load has come to; pending as long as it runs.</summary>
    public Answer Loaded { get; init; }
}
