namespace FastCache.Persistence;

/// <summary>Why a log that exists is not restored.</summary>
public enum LogDiscardReason
{
    /// <summary>It is.</summary>
    None,

    /// <summary>The options say so.</summary>
    Requested,

    /// <summary>Its keys or values have another format than the serializers.</summary>
    FormatChanged,

    /// <summary>The log had failed, and the cache went on without it: what it says is out of date.</summary>
    Stale,

    /// <summary>No segment of it can be read.</summary>
    Unreadable,
}
