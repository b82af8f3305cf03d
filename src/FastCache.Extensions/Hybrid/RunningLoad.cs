namespace FastCache.Extensions.Hybrid;

/// <summary>A load under way.</summary>
/// <param name="flight">Who shares it; null for the plain load of its key, which the local cache knows itself.</param>
/// <param name="tags">The tags that its result will have.</param>
/// <param name="before">The writes to the second level that were to come when it began.</param>
internal sealed class RunningLoad(FlightKey? flight, string[] tags, Task before)
{
    public FlightKey? Flight { get; } = flight;

    public string[] Tags { get; } = tags;

    public Task Before { get; } = before;

    /// <summary>Whether its key was written or removed since, or one of its tags. Under the gate of the key.</summary>
    public bool IsOutdated { get; set; }
}
