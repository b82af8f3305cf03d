namespace FastCache.Bench.Throughput;

/// <summary>What the threads do, over and over. All keys are drawn before the clock starts.</summary>
internal enum ThroughputWorkload
{
    /// <summary>TryGet of keys that are all present, uniformly at random.</summary>
    Read,

    /// <summary>Set of keys that are all present, uniformly at random.</summary>
    Update,

    /// <summary>Set of keys never seen before: a full cache evicts at every one.</summary>
    Insert,

    /// <summary>TryGet, and Set on a miss; Zipf over ten times the capacity.</summary>
    ReadThrough,

    /// <summary>Three of TryGet, and Set on a miss, then one Set; Zipf over four times the capacity.</summary>
    Mixed,
}
