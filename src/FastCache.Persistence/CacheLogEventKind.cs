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

    /// <summary>The log has failed, and the cache goes on without it.</summary>
    Degraded,
}
