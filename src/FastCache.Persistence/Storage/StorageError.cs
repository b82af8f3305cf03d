namespace FastCache.Persistence.Storage;

/// <summary>What can go wrong with storage.</summary>
internal enum StorageError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The disk, or a quota, is full.</summary>
    NoSpace,

    /// <summary>The device has failed to read, write or sync.</summary>
    DeviceFailed,

    /// <summary>There is no such file or directory.</summary>
    NotFound,

    /// <summary>There is such a file already.</summary>
    AlreadyExists,

    /// <summary>The process may not do this.</summary>
    AccessDenied,

    /// <summary>Somebody else has the file, or the log.</summary>
    InUse,

    /// <summary>Something else.</summary>
    Other,
}
