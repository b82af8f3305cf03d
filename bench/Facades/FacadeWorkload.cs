namespace FastCache.Bench.Facades;

/// <summary>What the threads do, over and over.</summary>
internal enum FacadeWorkload
{
    /// <summary>Reads of keys that are all present, uniformly at random.</summary>
    Hit,

    /// <summary>Writes of keys that are all present, uniformly at random.</summary>
    Update,

    /// <summary>Writes of keys never seen before, into a full cache.</summary>
    Insert,

    /// <summary>Read, or make and add; Zipf over ten times the capacity. One thread.</summary>
    GetOrCreate,
}
