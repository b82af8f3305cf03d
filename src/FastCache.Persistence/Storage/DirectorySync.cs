using Microsoft.Win32.SafeHandles;

namespace FastCache.Persistence.Storage;

/// <summary>Makes directories, and what is in them, durable. On Windows, where the file system's journal does that, there is nothing to do.</summary>
internal static class DirectorySync
{
    /// <summary>Makes a directory and those above it that are missing, so that none of them is lost in a power cut.</summary>
    /// <remarks>
    /// Each is synced before the next is made, and the deepest one that is already there before all: so it does not matter where an
    /// earlier attempt was killed. A directory above that the process may not open is left alone.
    /// </remarks>
    public static void CreateDurably(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return;
        }

        if (!Directory.Exists(path))
        {
            CreateDurably(parent);
            Directory.CreateDirectory(path);
        }

        try
        {
            using SafeFileHandle? handle = UnixFile.Open(parent);
            Sync(handle);
        }
        catch (IOException fault) when (StorageFault.ErrorOf(fault.HResult) == StorageError.AccessDenied)
        {
        }
    }

    /// <param name="directory">From <see cref="UnixFile.Open"/>; null does nothing.</param>
    public static void Sync(SafeFileHandle? directory)
    {
        // It also knows F_FULLFSYNC, and ignores file systems that cannot sync a directory.
        if (directory is not null)
        {
            RandomAccess.FlushToDisk(directory);
        }
    }
}
