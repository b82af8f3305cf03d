namespace FastCache.Bench.Throughput;

/// <param name="Rounds">How often each contestant has its turn.</param>
/// <param name="TurnTime">What a turn is calibrated to take.</param>
/// <param name="WarmUpTime">
/// The least time each contestant runs before its first turn. Optimised code with a profile comes after 30 calls, a
/// pause of 100 ms without new methods, an instrumented version, and the same again.
/// </param>
internal sealed record ThroughputSettings(int Rounds, TimeSpan TurnTime, TimeSpan WarmUpTime)
{
    public EvictionPolicy Policy { get; init; } = EvictionPolicy.Frecency;

    public int? Shards { get; init; }

    public static ThroughputSettings Full(int rounds) =>
        new(rounds, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500));

    public static ThroughputSettings Quick(int rounds) =>
        new(rounds, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(350));
}
