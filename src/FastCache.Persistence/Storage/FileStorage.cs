using Microsoft.Win32.SafeHandles;

namespace FastCache.Persistence.Storage;

/// <summary>A directory of the file system, locked against everybody else for as long as this object lives.</summary>
/// <remarks>The lock file is none of the files: it is not listed, and its name is refused. Neither are directories inside.</remarks>
internal sealed class FileStorage : IStorage
{
    /// <summary>Of an exception without any number of the operating system.</summary>
    private const int UnspecificHResult = unchecked((int)0x80131620);

    private readonly DirectoryLock _lock;
    private readonly SafeFileHandle? _directory;

    private FileStorage(string location, DirectoryLock directoryLock, SafeFileHandle? directory)
    {
        Location = location;
        _lock = directoryLock;
        _directory = directory;
    }

    public string Location { get; }

    /// <summary>Opens a directory, which is made if it does not exist, together with those above it.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <param name="storage">The storage; the caller disposes of it.</param>
    /// <returns><see cref="StorageError.InUse"/>, with a message that says by whom, if it is open already, here or in another process.</returns>
    public static StorageResult Open(string path, out FileStorage? storage)
    {
        storage = null;
        string location = DirectoryReader.LocationOf(path);
        DirectoryLock? taken = null;
        try
        {
            DiskSync.CreateDirectory(location);
            StorageResult result = DirectoryLock.Take(location, out taken);
            if (!result.IsOk)
            {
                return result;
            }

            storage = new FileStorage(location, taken!, UnixFile.Open(location));
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return StorageFault.From(fault);
        }
        finally
        {
            if (storage is null)
            {
                taken?.Dispose();
            }
        }
    }

    public StorageResult List(out IReadOnlyList<string> names)
    {
        ThrowIfDisposed();
        return DirectoryReader.List(Location, out names);
    }

    public StorageResult Create(string name, long expectedLength, out IStorageFile? file)
    {
        StorageResult result = StorageFile.Open(PathOf(name), FileMode.CreateNew, FileAccess.ReadWrite, expectedLength, out file);

        // Where the file system can reserve space but has not enough, the class library removes the file again and says only this.
        return result.Error == StorageError.Other && expectedLength > 0 && result.Cause!.HResult == UnspecificHResult
            ? new StorageResult(StorageError.NoSpace, result.Cause)
            : result;
    }

    public StorageResult Open(string name, out IStorageFile? file)
    {
        // Only Windows wants write access for a sync.
        FileAccess access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
        return StorageFile.Open(PathOf(name), FileMode.Open, access, expectedLength: 0, out file);
    }

    public StorageResult Delete(string name)
    {
        string path = PathOf(name);
        try
        {
            File.Delete(path);
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return StorageFault.From(fault);
        }
    }

    public StorageResult Rename(string name, string newName)
    {
        string path = PathOf(name), newPath = PathOf(newName);
        try
        {
            File.Move(path, newPath, overwrite: true);
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return StorageFault.From(fault);
        }
    }

    public StorageResult SyncDirectory()
    {
        ThrowIfDisposed();
        try
        {
            DiskSync.FlushDirectory(_directory);
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return StorageFault.From(fault);
        }
    }

    /// <summary>Lets others have the directory. Files that are still open stay open.</summary>
    public void Dispose()
    {
        _directory?.Dispose();
        _lock.Dispose();
    }

    private string PathOf(string name)
    {
        ThrowIfDisposed();
        return DirectoryReader.PathOf(Location, name);
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_lock.IsReleased, this);
}
