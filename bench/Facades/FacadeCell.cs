using FastCache.Bench.Reporting;

namespace FastCache.Bench.Facades;

/// <summary>One measurement: a workload on the implementations of an interface, at a size, with a number of threads.</summary>
internal sealed record FacadeCell(FacadeInterface Interface, FacadeWorkload Workload, int Entries, int Threads)
{
    /// <summary>How large the values are; null for references.</summary>
    public int? ValueBytes { get; init; }

    public bool Evicts => Workload is FacadeWorkload.Insert or FacadeWorkload.GetOrCreate;

    /// <summary>Where nothing may be evicted a quarter stays free: a sharded cache is full when its fullest shard is.</summary>
    public int Capacity => Evicts ? Entries : Entries + Math.Max(64, Entries / 4);

    /// <summary>Whether there is such a thing: distributed caches have no factories, and nobody counts the calls of several threads.</summary>
    public bool IsMeasured
        => Workload == FacadeWorkload.GetOrCreate ? Interface == FacadeInterface.Memory && Threads == 1
            : Workload != FacadeWorkload.Insert || Interface == FacadeInterface.Memory;

    public string Name
        => Workload.ToString().ToLowerInvariant() + (ValueBytes is { } bytes ? $", {Format.Count(bytes)} B" : "");

    public FacadeKeys CreateKeys(int perTurn) => Workload switch
    {
        FacadeWorkload.Insert => new NewFacadeKeys(Entries),
        FacadeWorkload.GetOrCreate => RepeatedFacadeKeys.Zipf(Entries, perTurn),
        _ => RepeatedFacadeKeys.Uniform(Entries, Threads * perTurn),
    };
}
