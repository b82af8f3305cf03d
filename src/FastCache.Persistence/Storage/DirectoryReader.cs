namespace FastCache.Persistence.Storage;

/// <summary>A directory of the file system, to look at: nothing is locked, made, changed or synced, and whoever writes to it is not disturbed.</summary>
/// <remarks>The lock file is none of the files: it is not listed, and its name is refused. Neither are directories inside.</remarks>
internal sealed class DirectoryReader : IReadOnlyStorage
{
    private DirectoryReader(string location) => Location = location;

    public string Location { get; }

    /// <summary>Opens a directory, which must exist.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <param name="storage">The storage; the caller disposes of it.</param>
    public static StorageResult Open(string path, out DirectoryReader? storage)
    {
        string location = LocationOf(path);
        storage = Directory.Exists(location) ? new DirectoryReader(location) : null;
        return storage is null
            ? new StorageResult(StorageError.NotFound, new DirectoryNotFoundException($"There is no directory '{location}'."))
            : default;
    }

    public StorageResult List(out IReadOnlyList<string> names) => List(Location, out names);

    public StorageResult Open(string name, out IStorageFile? file)
        => StorageFile.Open(PathOf(Location, name), FileMode.Open, FileAccess.Read, expectedLength: 0, out file);

    public void Dispose()
    {
    }

    /// <summary>The one way to write the path of a directory.</summary>
    internal static string LocationOf(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The names of the files in a directory, in ordinal order.</summary>
    internal static StorageResult List(string location, out IReadOnlyList<string> names)
    {
        names = [];
        try
        {
            var found = new List<string>();
            foreach (string path in Directory.EnumerateFiles(location))
            {
                string name = Path.GetFileName(path);
                if (name != DirectoryLock.FileName)
                {
                    found.Add(name);
                }
            }

            found.Sort(StringComparer.Ordinal);
            names = found;
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return StorageFault.From(fault);
        }
    }

    /// <exception cref="ArgumentException">It is no name of a file of a log.</exception>
    internal static string PathOf(string location, string name)
        => name.Length > 0 && name != DirectoryLock.FileName && Path.GetFileName(name) == name
            ? Path.Combine(location, name)
            : throw new ArgumentException($"'{name}' is no name of a file of a log.", nameof(name));
}
