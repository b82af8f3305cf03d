using Microsoft.Win32.SafeHandles;

namespace FastCache.Persistence.Storage;

/// <summary>Makes files, directories, and what is in directories durable.</summary>
/// <remarks>
/// Not by <see cref="RandomAccess.FlushToDisk"/>, except on Windows. .NET 10 reports no failure of <c>fsync</c> on Unix: its native part
/// returns 1, its managed part looks for less than 0. Seen with 10.0.12 and an injected EIO.
/// </remarks>
internal static class DiskSync
{
    private const int NotSupported = 22; // EINVAL

    /// <exception cref="IOException">The device has failed, or no space was left for what had been accepted.</exception>
    public static void Flush(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
        }
        else
        {
            UnixFile.Sync(file);
        }
    }

    /// <param name="directory">From <see cref="UnixFile.Open"/>; null does nothing, as on Windows, whose file systems have journals.</param>
    /// <exception cref="IOException">The device has failed.</exception>
    public static void FlushDirectory(SafeFileHandle? directory)
    {
        if (directory is null)
        {
            return;
        }

        try
        {
            UnixFile.Sync(directory);
        }
        catch (IOException fault) when (fault.HResult == NotSupported)
        {
            // There are file systems that sync files but no directories.
        }
    }

    /// <summary>Makes a directory and those above it that are missing, so that none of them is lost in a power cut.</summary>
    /// <remarks>
    /// Each is synced before the next is made, and the deepest one that is already there before all: so it does not matter where an
    /// earlier attempt was killed. A directory above that the process may not open is left alone.
    /// </remarks>
    public static void CreateDirectory(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return;
        }

        if (!Directory.Exists(path))
        {
            CreateDirectory(parent);
            Directory.CreateDirectory(path);
        }

        try
        {
            using SafeFileHandle? handle = UnixFile.Open(parent);
            FlushDirectory(handle);
        }
        catch (IOException fault) when (StorageFault.ErrorOf(fault.HResult) == StorageError.AccessDenied)
        {
        }
    }
}
