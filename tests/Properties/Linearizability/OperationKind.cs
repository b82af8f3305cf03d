namespace FastCache.Tests.Properties.Linearizability;

/// <summary>What a thread of a program does.</summary>
internal enum OperationKind
{
    TryGet,
    TryPeek,
    ContainsKey,
    Touch,
    TimeToLive,

    /// <summary>Reads all keys of the program in one call.</summary>
    GetMany,

    /// <summary>Walks the cache.</summary>
    Enumerate,
    Set,

    /// <summary>The same with a time to live.</summary>
    SetFor,

    /// <summary>The same with a moment that has passed: the value is refused, and what there was is out of date.</summary>
    SetExpired,
    TryAdd,
    TryAddFor,
    TryUpdate,

    /// <summary>Compare-and-swap with what the thread saw last of the key.</summary>
    TryUpdateIf,
    AddOrUpdate,
    GetOrAdd,
    GetOrAddFor,

    /// <summary>Its factory throws.</summary>
    GetOrAddFailing,

    /// <summary>Its factory has the value at once.</summary>
    GetOrAddAsync,

    /// <summary>Its factory goes on elsewhere.</summary>
    GetOrAddYielding,

    /// <summary>Loads all keys of the program in one call.</summary>
    GetOrAddMany,
    TryRemove,
    TryRemoveValue,

    /// <summary>Removes the key if it has the value that the thread saw last of it.</summary>
    TryRemoveIf,
    TrySetExpiry,

    /// <summary>The same with a moment that has passed, which removes the entry.</summary>
    TrySetExpiryPassed,
    Clear,
    TrimExpired,

    /// <summary>Evicts an entry.</summary>
    Trim,

    /// <summary>Adds many other keys, so that the table grows, or the cache evicts.</summary>
    Fill,

    /// <summary>Lets time pass.</summary>
    Advance,
}
