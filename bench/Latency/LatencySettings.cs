namespace FastCache.Bench.Latency;

/// <param name="Seconds">Time that each contestant is measured, over all rounds.</param>
internal sealed record LatencySettings(int Entries, int Threads, double Seconds, int Rounds)
{
    /// <summary>How many times the capacity the keys range over.</summary>
    public const int KeyRange = 4;

    /// <summary>Operations a second, of all threads together; null: as many as it can do.</summary>
    public int? Rate { get; init; }

    public EvictionPolicy Policy { get; init; } = EvictionPolicy.Frecency;

    public int? Shards { get; init; }

    public TimeSpan TurnTime => TimeSpan.FromSeconds(Seconds / Rounds);
}
