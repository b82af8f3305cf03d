namespace FastCache.Persistence.Storage;

/// <summary>A directory that holds the files of one log, for whoever only looks. What can go wrong with a disk is a result, not an exception.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IReadOnlyStorage : IDisposable
{
    /// <summary>Where the files are, for messages.</summary>
    string Location { get; }

    /// <summary>The names of all files, in ordinal order.</summary>
    StorageResult List(out IReadOnlyList<string> names);

    /// <summary>Opens a file, which must exist, for reading.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file; the caller disposes of it.</param>
    StorageResult Open(string name, out IStorageFile? file);
}
