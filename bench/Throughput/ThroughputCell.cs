using FastCache.Bench.Contestants;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Throughput;

/// <summary>One measurement: a workload at a size with a number of threads.</summary>
internal sealed record ThroughputCell(ThroughputWorkload Workload, int Entries, int Threads)
{
    private const int ReadThroughRange = 10;
    private const int MixedRange = 4;
    private const long KeySeed = 42;

    /// <summary>Which keys a read or an update asks for; the others have their own.</summary>
    public KeyDistribution Distribution { get; init; }

    /// <summary>
    /// Whether FastCache is measured with time to live, sliding expiry and a weigher against itself without, in place of the others.
    /// </summary>
    public bool ComparesVariants { get; init; }

    public bool Evicts => Workload is not (ThroughputWorkload.Read or ThroughputWorkload.Update);

    /// <summary>
    /// The capacity of the caches. Where nothing may be evicted it leaves a quarter free: a sharded cache is full when
    /// its fullest shard is.
    /// </summary>
    public int Capacity => Evicts ? Entries : Entries + Math.Max(64, Entries / 4);

    public string Name => Workload.ToString().ToLowerInvariant();

    public string Baseline => ComparesVariants ? Plain.Name : Evicts ? FifoDictionaryContestant.Name : DictionaryContestant.Name;

    public long[] DrawKeys() => Workload switch
    {
        ThroughputWorkload.Insert => KeySequence.Distinct(Entries),
        ThroughputWorkload.ReadThrough => KeySequence.Zipf(Entries, (long)Entries * ReadThroughRange, KeySeed),
        ThroughputWorkload.Mixed => KeySequence.Zipf(Entries, (long)Entries * MixedRange, KeySeed),
        _ when Distribution == KeyDistribution.Zipf => KeySequence.Zipf(Entries, Entries, KeySeed),
        _ => KeySequence.Uniform(Entries, KeySeed),
    };
}
