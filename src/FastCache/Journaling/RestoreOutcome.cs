namespace FastCache.Journaling;

/// <summary>What became of a value that was put back from a journal.</summary>
internal enum RestoreOutcome
{
    /// <summary>It is in the cache.</summary>
    Restored,

    /// <summary>Its key, or one with the same hash, has been written, removed or loaded since the cache began, and that counts.</summary>
    Outdated,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>There is no room for it without giving up another entry, or it is too heavy.</summary>
    NoRoom,

    /// <summary>The cache was disposed.</summary>
    Closed,
}
