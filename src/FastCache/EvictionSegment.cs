namespace FastCache;

/// <summary>The parts of an eviction policy.</summary>
public enum EvictionSegment
{
    /// <summary>In none: an entry of weight zero, which is never evicted.</summary>
    Pinned,

    /// <summary>Where new entries are; of the LRU and FIFO policies the only queue.</summary>
    Window,

    /// <summary>Entries that were let in for their frequency; the next one to go is among them.</summary>
    Probation,

    /// <summary>Entries that were used again after they were let in.</summary>
    Protected,
}
