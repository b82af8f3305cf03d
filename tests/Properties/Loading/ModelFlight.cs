namespace FastCache.Tests.Properties.Loading;

/// <summary>An entry. Times in milliseconds.</summary>
internal sealed class ModelEntry(int value, long expiresAt, long? refreshAt)
{
    public int Value => value;

    public long ExpiresAt => expiresAt;

    public long? RefreshAt { get; set; } = refreshAt;
}

/// <summary>A load of one key.</summary>
/// <param name="key">The key.</param>
/// <param name="previous">The entry that there was.</param>
internal sealed class ModelFlight(int key, ModelEntry? previous)
{
    public int Key => key;

    public ModelEntry? Previous => previous;

    public ModelCall Call { get; set; } = null!;

    public bool IsInvalidated { get; set; }

    public List<ModelWait> Waits { get; } = [];
}

/// <summary>One call of a factory, for one load or for several at once.</summary>
/// <param name="flights">The loads.</param>
/// <param name="isBackground">Whether nobody waits for it.</param>
internal sealed class ModelCall(IReadOnlyList<ModelFlight> flights, bool isBackground)
{
    public IReadOnlyList<ModelFlight> Flights => flights;

    public bool IsBackground => isBackground;

    /// <summary>Those whose factory it can be.</summary>
    public HashSet<ModelCaller> Owners { get; } = [];

    /// <summary>Who leads. Null in the background, and while it is not known which of several is first.</summary>
    public ModelCaller? Leader { get; private set; }

    /// <summary>Whether there is a token that fires when nobody waits any more.</summary>
    public bool CanFire { get; private set; }

    public bool HasFired { get; set; }

    /// <summary>How many of the loads somebody waits for.</summary>
    public int Wanted { get; set; }

    /// <summary>What the factory itself waits for: another load.</summary>
    public ModelCaller? Asking { get; set; }

    /// <summary>The factory that stalls; null while it is not known or waits for another load.</summary>
    public Job? Job { get; set; }

    /// <summary>Whether it is to be seen that a factory stalls.</summary>
    public bool IsExpected => Job is null && Asking is null;

    public void LeadBy(ModelCaller leader)
    {
        Leader = leader;
        CanFire = leader.CanCancel || leader.IsBulk;
        Wanted = flights.Count;
    }
}
