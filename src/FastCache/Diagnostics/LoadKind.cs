namespace FastCache.Diagnostics;

/// <summary>Why a value is loaded.</summary>
internal enum LoadKind
{
    /// <summary>A caller waits for it.</summary>
    Foreground,

    /// <summary>The one that is there is about to be out of date, or is.</summary>
    Refresh,

    /// <summary>Callers wait for several keys, which one call of the factory answers.</summary>
    Bulk,
}
