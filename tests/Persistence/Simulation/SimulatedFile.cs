using FastCache.Persistence.Storage;

namespace FastCache.Tests.Persistence.Simulation;

/// <summary>An open file of a <see cref="SimulatedStorage"/>.</summary>
internal sealed class SimulatedFile(SimulatedStorage storage, int file, string name, bool canWrite) : IStorageFile
{
    private bool _disposed;

    public long Length
    {
        get
        {
            ThrowIfDisposed();
            return storage.Snapshot()[file].Current.Length;
        }
    }

    public StorageResult Read(long offset, Span<byte> buffer, out int count)
    {
        ThrowIfDisposed();
        return storage.Read(file, name, offset, buffer, out count);
    }

    public StorageResult Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ThrowIfDisposed();
        return canWrite ? storage.Write(file, name, checked((int)offset), bytes) : SimulatedStorage.Failure(StorageError.AccessDenied, name);
    }

    public StorageResult Sync()
    {
        ThrowIfDisposed();
        return storage.Sync(file, name);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            storage.Closed();
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);
}
