namespace FastCache;

/// <summary>Which entries a full cache gives up.</summary>
public enum EvictionPolicy
{
    /// <summary>
    /// Frequency and recency together: a lazy, ghost-steered W-TinyLFU. New entries pass a window; they stay only if
    /// they are asked for more often than the entry they would push out. Resists scans and loops. The default.
    /// </summary>
    Frecency,

    /// <summary>
    /// Least recently used, approximated by a clock: an entry that was read since the hand last passed it gets another
    /// round. A hit moves nothing, so the order among the entries of one round is that of insertion.
    /// </summary>
    Lru,

    /// <summary>First in, first out: reads and updates do not matter.</summary>
    Fifo,
}
