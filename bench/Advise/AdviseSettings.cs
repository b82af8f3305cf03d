namespace FastCache.Bench.Advise;

/// <param name="Capacities">To look at; null for a choice by the trace's keys.</param>
/// <param name="Current">The capacity that is in use; null if nobody said.</param>
/// <param name="SamplingRate">The share of the keys in a sample; null: a tenth, or more of a short trace.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="GainPerDoubling">The points of hit rate, as a share, that twice the room has to bring.</param>
/// <param name="Checks">Whether the whole trace is replayed, too, to show how far the estimate is off.</param>
internal sealed record AdviseSettings(
    IReadOnlyList<int>? Capacities,
    int? Current,
    double? SamplingRate,
    int Samples,
    double GainPerDoubling,
    bool Checks,
    long Seed)
{
    /// <summary>A sample has at least so many keys, unless somebody wants it otherwise.</summary>
    private const int EnoughKeys = 10_000;

    private const int UsualOneIn = 10;
    private const int UsualDoublings = 10;
    private const int SmallestCapacity = 100;

    /// <summary>How many keys stand behind one of a sample.</summary>
    public int OneIn(int distinctKeys) => SamplingRate is { } rate
        ? Math.Max(1, (int)Math.Round(1 / rate))
        : Math.Clamp(distinctKeys / EnoughKeys, 1, UsualOneIn);

    /// <summary>The capacities to look at, in ascending order.</summary>
    public int[] CapacitiesFor(int distinctKeys)
    {
        IEnumerable<int> usual = Enumerable.Range(0, UsualDoublings + 1)
            .Select(halvings => distinctKeys >> halvings)
            .Where(static capacity => capacity >= SmallestCapacity);
        IEnumerable<int> known = Current is { } current ? [Math.Max(1, current / 2), current, (int)Math.Min(2L * current, int.MaxValue)] : [];
        int[] chosen = [.. (Capacities ?? usual).Concat(known).Distinct().Order()];
        return chosen.Length > 0 ? chosen : [Math.Max(1, distinctKeys)];
    }
}
