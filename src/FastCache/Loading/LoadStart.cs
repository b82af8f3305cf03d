namespace FastCache.Loading;

/// <summary>What a caller who wants a value is to do.</summary>
internal enum LoadStart
{
    /// <summary>Nothing: there is a value.</summary>
    Hit,

    /// <summary>Nothing but to start a load in the background: there is a value that is to be replaced.</summary>
    HitToRefresh,

    /// <summary>Nothing: an expired value is served, and no load is tried now.</summary>
    StaleHit,

    /// <summary>Nothing but to start a load in the background: an expired value is served meanwhile.</summary>
    StaleHitToRefresh,

    /// <summary>To load.</summary>
    Lead,

    /// <summary>To wait for a load in progress, whose result is the caller's too.</summary>
    Join,

    /// <summary>
    /// The same, but a tag was invalidated after that load had begun: if the result has that tag, it is too old for this caller, who
    /// asks again.
    /// </summary>
    JoinLate,

    /// <summary>
    /// To wait for a load in progress and then to ask again: the key was written or removed after that load had begun, so its result
    /// is too old for this caller.
    /// </summary>
    WaitAndRetry,

    /// <summary>Nothing: a background load has become superfluous.</summary>
    NotNeeded,
}
