namespace FastCache.Loading;

/// <summary>Why a value is loaded.</summary>
internal enum LoadKind
{
    /// <summary>Somebody waits for it.</summary>
    Foreground,

    /// <summary>It replaces one that is served meanwhile.</summary>
    Background,
}
