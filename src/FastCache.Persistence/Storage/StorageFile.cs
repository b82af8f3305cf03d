using Microsoft.Win32.SafeHandles;

namespace FastCache.Persistence.Storage;

/// <summary>A file of a <see cref="FileStorage"/>. Thread-safe, as positional reads and writes of the operating system are.</summary>
internal sealed class StorageFile : IStorageFile
{
    /// <summary>A log has a lock, its files need none; and Windows renames and deletes only open files that allow it.</summary>
    private const FileShare Share = FileShare.ReadWrite | FileShare.Delete;

    private readonly SafeFileHandle _handle;
    private long _length;

    /// <param name="handle">The open file, owned by this object from now on.</param>
    /// <exception cref="IOException">Its length cannot be had; the handle is then still the caller's.</exception>
    public StorageFile(SafeFileHandle handle)
    {
        _length = RandomAccess.GetLength(handle);
        _handle = handle;
    }

    /// <summary>Opens or makes a file; the caller disposes of it.</summary>
    public static StorageResult Open(string path, FileMode mode, FileAccess access, long expectedLength, out IStorageFile? file)
    {
        file = null;
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, mode, access, Share, FileOptions.None, expectedLength);
            file = new StorageFile(handle);
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            handle?.Dispose();
            return StorageFault.From(fault);
        }
    }

    // Kept here, because asking for it can fail.
    public long Length => Interlocked.Read(ref _length);

    public StorageResult Read(long offset, Span<byte> buffer, out int count)
    {
        count = 0;
        try
        {
            while (count < buffer.Length)
            {
                int read = RandomAccess.Read(_handle, buffer[count..], offset + count);
                if (read == 0)
                {
                    break;
                }

                count += read;
            }

            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return StorageFault.From(fault);
        }
    }

    public StorageResult Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
            if (!bytes.IsEmpty)
            {
                Reached(offset + bytes.Length);
            }

            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            NoticePartOfWrite();
            return StorageFault.From(fault);
        }
    }

    public StorageResult Sync()
    {
        try
        {
            DiskSync.Flush(_handle);
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return StorageFault.From(fault);
        }
    }

    public void Dispose() => _handle.Dispose();

    private void NoticePartOfWrite()
    {
        try
        {
            Reached(RandomAccess.GetLength(_handle));
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
        }
    }

    private void Reached(long end)
    {
        long length = Length;
        while (end > length)
        {
            long seen = Interlocked.CompareExchange(ref _length, end, length);
            if (seen == length)
            {
                return;
            }

            length = seen;
        }
    }
}
