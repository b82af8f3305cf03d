namespace FastCache.Persistence;

/// <summary>When what was written to a cache is safe in its log.</summary>
public enum LogDurability
{
    /// <summary>
    /// Synced to the disk every <see cref="CacheLogOptions{TKey, TValue}.FlushInterval"/>. A power cut, or the end of the process by force,
    /// may revert the writes and removals of the last interval, and on a disk that does not keep up those that wait for it.
    /// </summary>
    Interval,

    /// <summary>
    /// Handed to the operating system every interval, but synced only when a file is full and on request: the end of the process by
    /// force reverts one interval at most, a power cut whatever the system had not written by itself.
    /// </summary>
    None,

    /// <summary>
    /// Every call that changes the cache returns when the change is synced; calls at the same time share a sync. What has returned is never
    /// reverted.
    /// </summary>
    EveryWrite,
}
