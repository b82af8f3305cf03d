namespace FastCache.Persistence.Storage;

/// <summary>A directory that holds the files of one log. What can go wrong with a disk is a result, not an exception.</summary>
/// <remarks>
/// <para>A file that is opened can be read and synced. Names are plain file names. A change of the directory (create, delete, rename) survives a power cut only after
/// <see cref="SyncDirectory"/>; the bytes of a file only after <see cref="IStorageFile.Sync"/>.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal interface IStorage : IReadOnlyStorage
{
    /// <summary>Makes a file, which must not exist, for writing and reading.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expectedLength">Bytes to reserve where the file system can; the length of the file stays 0.</param>
    /// <param name="file">The file; the caller disposes of it.</param>
    StorageResult Create(string name, long expectedLength, out IStorageFile? file);

    /// <summary>Deletes a file. One that does not exist is no error.</summary>
    StorageResult Delete(string name);

    /// <summary>Renames a file; one of the new name is replaced.</summary>
    StorageResult Rename(string name, string newName);

    /// <summary>Makes all that was created, deleted and renamed durable.</summary>
    StorageResult SyncDirectory();
}
