namespace FastCache.Persistence.Recovery;

/// <summary>What a record still says.</summary>
internal enum RecordFate
{
    /// <summary>It is the newest of its key.</summary>
    Newest,

    /// <summary>Nothing: there is a newer one of its key.</summary>
    Superseded,

    /// <summary>It is a put, the newest of its key, and something later has removed the tag, or the keys, that it is of.</summary>
    Removed,

    /// <summary>It removes older values of many keys, which is known from now on.</summary>
    Noted,

    /// <summary>It is a clear: nothing older counts.</summary>
    End,
}
