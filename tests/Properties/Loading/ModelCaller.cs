namespace FastCache.Tests.Properties.Loading;

/// <summary>How a caller takes part in a load.</summary>
internal enum Part
{
    Leads,

    /// <summary>Gets what the load brings.</summary>
    Joins,

    /// <summary>Asks again when the load is over, because that began before an invalidation.</summary>
    AsksAgain,
}

/// <summary>A caller's wait for one load.</summary>
internal sealed class ModelWait(ModelCaller caller, ModelFlight flight, Part part)
{
    public ModelCaller Caller => caller;

    public ModelFlight Flight => flight;

    public Part Part { get; set; } = part;

    public bool IsOver { get; set; }

    /// <summary>Whether the caller asks for the key again.</summary>
    public bool IsForNothing { get; set; }

    /// <summary>How it ended, if it is one of several waits, and a failure.</summary>
    public LoadEnd? Failure { get; set; }
}

/// <summary>Somebody who wants a value, or several: a call of the cache, or of a factory's context.</summary>
/// <param name="id">The number of the step, by which its factory is known.</param>
/// <param name="parent">The call of a factory on whose behalf.</param>
/// <param name="canCancel">Whether there is a token.</param>
/// <param name="isBulk">Whether it wants several values.</param>
internal sealed class ModelCaller(int id, ModelCall? parent, bool canCancel, bool isBulk)
{
    private bool _hasCancelled;

    public int Id => id;

    public ModelCall? Parent => parent;

    public bool CanCancel => canCancel;

    public bool IsBulk => isBulk;

    public bool HasCancelled
    {
        get => parent?.HasFired ?? _hasCancelled;
        set => _hasCancelled = value;
    }

    /// <summary>What it waits for.</summary>
    public List<ModelWait> Waits { get; set; } = [];

    /// <summary>The keys that it asks for again.</summary>
    public List<int> Again { get; set; } = [];

    /// <summary>What a caller of several keys has got.</summary>
    public SortedDictionary<int, int> Values { get; } = [];

    /// <summary>Why one of several loads has failed.</summary>
    public LoadEnd? Failure { get; set; }

    /// <summary>What it has got in the end; null while it waits.</summary>
    public string? Result { get; set; }

    public static string Describe(IEnumerable<KeyValuePair<int, int>> values)
        => $"values {string.Join(", ", values.OrderBy(static entry => entry.Key))}";

    public override string ToString() => $"caller {id}{(parent is null ? "" : " within a load")}";
}
