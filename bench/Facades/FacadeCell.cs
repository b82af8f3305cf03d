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

    /// <summary>
    /// Whether there is such a thing: distributed caches have no factories, and nobody counts the calls of several threads. Of hybrid caches
    /// only hits are measured: what a write takes is up to the serializer and the second level.
    /// </summary>
    public bool IsMeasured => Interface switch
    {
        FacadeInterface.Memory => Workload != FacadeWorkload.GetOrCreate || Threads == 1,
        FacadeInterface.Distributed => Workload is FacadeWorkload.Hit or FacadeWorkload.Update,
        _ => Workload == FacadeWorkload.Hit,
    };

    public string Name
        => Workload.ToString().ToLowerInvariant() + (ValueBytes is { } bytes ? $", {Format.Count(bytes)} B" : "");

    /// <summary>What is written, told from another one by its version.</summary>
    public object CreateValue(byte version)
        => Interface == FacadeInterface.Hybrid ? FacadeValue.CreateText(version) : FacadeValue.Create(ValueBytes, version);

    public FacadeKeys CreateKeys(int perTurn) => Workload switch
    {
        FacadeWorkload.Insert => new NewFacadeKeys(Entries),
        FacadeWorkload.GetOrCreate => RepeatedFacadeKeys.Zipf(Entries, perTurn),
        _ => RepeatedFacadeKeys.Uniform(Entries, Threads * perTurn),
    };
}
