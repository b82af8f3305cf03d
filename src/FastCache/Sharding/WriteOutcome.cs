namespace FastCache.Sharding;

/// <summary>How a write ended.</summary>
internal enum WriteOutcome
{
    /// <summary>The value is in the cache.</summary>
    Kept,

    /// <summary>There was no entry of the key.</summary>
    Absent,

    /// <summary>There was one already.</summary>
    Present,

    /// <summary>The value is not kept, and no older one is; the shard has counted why.</summary>
    Refused,

    /// <summary>Something has changed meanwhile: the key must be searched again.</summary>
    Changed,
}
