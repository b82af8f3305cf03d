namespace FastCache.Table;

/// <summary>Why an entry is read, known when the read is compiled.</summary>
internal interface IReadIntent
{
    /// <summary>Whether a hit counts for the eviction policy.</summary>
    static abstract bool CountsAsHit { get; }
}

/// <summary>A read on behalf of the application.</summary>
internal readonly struct Use : IReadIntent
{
    public static bool CountsAsHit => true;
}

/// <summary>A look that leaves no trace.</summary>
internal readonly struct Peek : IReadIntent
{
    public static bool CountsAsHit => false;
}
