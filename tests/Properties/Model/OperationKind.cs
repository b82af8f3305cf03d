namespace FastCache.Tests.Properties.Model;

/// <summary>Every operation of the cache's public surface that has an outcome.</summary>
internal enum OperationKind
{
    TryGet,
    TryPeek,
    ContainsKey,
    Set,
    TryAdd,
    TryUpdate,
    TryUpdateIf,
    AddOrUpdate,
    GetOrAdd,
    GetOrAddWithState,
    TryRemove,
    TryRemoveValue,
    TryRemovePair,
    Clear,
    GetMany,
    SetMany,
    RemoveMany,
    Enumerate,
    Count,
}
