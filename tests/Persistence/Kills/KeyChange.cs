namespace FastCache.Tests.Persistence.Kills;

/// <summary>What was done to a key.</summary>
/// <param name="Counter">The number of its value since; 0 if it was removed.</param>
/// <param name="Begin">When that began, by the number of the line that says so.</param>
internal sealed record KeyChange(long Counter, long Begin)
{
    /// <summary>When it returned, or its process was dead.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Whether its process knew that it is durable.</summary>
    public bool IsAcknowledged { get; set; }
}
