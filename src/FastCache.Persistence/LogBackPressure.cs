namespace FastCache.Persistence;

/// <summary>What happens when a cache is written to faster than its log.</summary>
public enum LogBackPressure
{
    /// <summary>Whoever writes waits, after the write, until there is room.</summary>
    Wait,

    /// <summary>
    /// Values are left out of the log, which makes sure that no older ones come back in their place: after a restart their keys are absent.
    /// Nobody waits.
    /// </summary>
    Drop,
}
