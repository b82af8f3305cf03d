namespace FastCache.Persistence;

/// <summary>What can happen to a log.</summary>
public enum CacheLogEventKind
{
    /// <summary>The restoring after the log was opened is over.</summary>
    Recovered,

    /// <summary>A part that was durable could not be read; it was put aside, and what is older was left out.</summary>
    Quarantined,

    /// <summary>A log that exists is not restored; the message says why.</summary>
    Discarded,

    /// <summary>A file could not be written or synced. Nothing is lost; the log goes on in another file.</summary>
    Mended,

    /// <summary>The oldest entries of the log were deleted for want of room: after a restart they are absent unless they were written again.</summary>
    Forgotten,

    /// <summary>The log has failed, and the cache goes on without it.</summary>
    Degraded,

    /// <summary>
    /// After a failure the log has begun anew. What the cache held before is not in it until it is written again.
    /// </summary>
    Resumed,
}
