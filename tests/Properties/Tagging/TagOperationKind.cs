namespace FastCache.Tests.Properties.Tagging;

/// <summary>What sets tags, what removes them, and what may stand in their way.</summary>
internal enum TagOperationKind
{
    Set,
    SetPlain,
    TryAdd,
    TryUpdate,
    TrySetExpiry,
    GetOrAdd,
    GetOrAddRemoving,
    TryRemove,
    RemoveByTags,
    RemoveWhere,
    Clear,
    Advance,
}
