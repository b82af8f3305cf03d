using FastCache.Persistence.Storage;

namespace FastCache.Tests.Persistence.Simulation;

/// <summary>
/// A storage in memory that remembers what is durable, so that it can be seen as after a crash at any moment; that fails and fills up
/// when told to; and that counts.
/// </summary>
/// <remarks>
/// Every operation that changes it is a <see cref="Boundary"/>. One that is refused, because there is or is not such a file, is none.
/// A file that was synced keeps its bytes, its name only after <see cref="SyncDirectory"/>. Thread-safe.
/// </remarks>
internal sealed class SimulatedStorage : IStorage
{
    private readonly Lock _gate = new();
    private StorageImage _image;
    private SplitMix _random;
    private bool _disposed;

    /// <param name="image">What is in it.</param>
    /// <param name="seed">Decides what is left of operations that fail.</param>
    public SimulatedStorage(StorageImage image, int seed = 0)
    {
        _image = image;
        _random = new SplitMix(seed);
    }

    public SimulatedStorage()
        : this(StorageImage.Empty)
    {
    }

    public string Location => "simulated";

    /// <summary>Called before each operation takes effect, from inside of it: it may look, but not change.</summary>
    public Action<Boundary>? AtBoundary { get; set; }

    /// <summary>Asked for each operation how it ends. A write that fails has written a part of it, a sync that fails has lost writes.</summary>
    public Func<Boundary, StorageError>? Fault { get; set; }

    /// <summary>Asked by name for each opening and reading how it ends.</summary>
    public Func<string, StorageError>? ReadFault { get; set; }

    /// <summary>How many bytes all files may have. The write that goes beyond is written as far as there is space.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    public int Boundaries { get; private set; }

    public int Writes { get; private set; }

    public long BytesWritten { get; private set; }

    public int Syncs { get; private set; }

    public int DirectorySyncs { get; private set; }

    public int OpenFiles { get; private set; }

    public static StorageResult Failure(StorageError error, string name)
        => new(error, new IOException($"'{name}' of the simulated storage: {error}"));

    /// <summary>The storage as it is now.</summary>
    public StorageImage Snapshot() => Volatile.Read(ref _image);

    public StorageResult List(out IReadOnlyList<string> names)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            var found = new List<string>();
            foreach ((string name, _) in _image.Names.Entries)
            {
                found.Add(name);
            }

            found.Sort(StringComparer.Ordinal);
            names = found;
            return default;
        }
    }

    public StorageResult Create(string name, long expectedLength, out IStorageFile? file)
    {
        lock (_gate)
        {
            file = null;
            Check(name);
            if (_image.Names.Find(name) >= 0)
            {
                return Failure(StorageError.AlreadyExists, name);
            }

            StorageResult result = Change(StorageOperation.Create, name, _image.Create(name, out int number));
            if (result.IsOk)
            {
                file = Opened(number, name, canWrite: true);
            }

            return result;
        }
    }

    public StorageResult Open(string name, out IStorageFile? file)
    {
        lock (_gate)
        {
            file = null;
            Check(name);
            int number = _image.Names.Find(name);
            StorageError error = number < 0 ? StorageError.NotFound : ReadFault?.Invoke(name) ?? StorageError.None;
            if (error != StorageError.None)
            {
                return Failure(error, name);
            }

            file = Opened(number, name, canWrite: false);
            return default;
        }
    }

    public StorageResult Delete(string name)
    {
        lock (_gate)
        {
            Check(name);
            return _image.Names.Find(name) < 0 ? default : Change(StorageOperation.Delete, name, _image.Delete(name));
        }
    }

    public StorageResult Rename(string name, string newName)
    {
        lock (_gate)
        {
            Check(name);
            Check(newName);
            return _image.Names.Find(name) < 0
                ? Failure(StorageError.NotFound, name)
                : Change(StorageOperation.Rename, name, _image.Rename(name, newName));
        }
    }

    public StorageResult SyncDirectory()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            StorageResult result = Begin(StorageOperation.SyncDirectory, "", _image);
            _image = result.IsOk ? _image.DirectorySynced() : _image.DirectorySyncFailed(ref _random);
            DirectorySyncs++;
            return result;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }
    }

    /// <summary>Puts other bytes in the place of a file's, durably, as a disk that goes bad does.</summary>
    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _image = _image.With(_image.Names.Find(name), FileImage.Of(SharedBytes.Of(bytes)));
        }
    }

    public byte[] Bytes(string name)
    {
        StorageImage image = Snapshot();
        return image[image.Names.Find(name)].Current.Span.ToArray();
    }

    internal StorageResult Read(int file, string name, long offset, Span<byte> buffer, out int count)
    {
        ReadOnlySpan<byte> bytes = Snapshot()[file].Current.Span;
        count = 0;
        StorageError error = ReadFault?.Invoke(name) ?? StorageError.None;
        if (error != StorageError.None)
        {
            return Failure(error, name);
        }

        if (offset < bytes.Length)
        {
            bytes = bytes[(int)offset..];
            count = Math.Min(bytes.Length, buffer.Length);
            bytes[..count].CopyTo(buffer);
        }

        return default;
    }

    internal StorageResult Write(int file, string name, int offset, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            FileImage before = _image[file];
            ReadOnlySpan<byte> written = bytes[..Fitting(before, offset, bytes.Length)];
            StorageImage after = _image.With(file, before.With(offset, written));
            StorageResult result = Begin(StorageOperation.Write, name, after);
            if (!result.IsOk)
            {
                written = written[.._random.Next(written.Length + 1)];
                after = _image.With(file, before.With(offset, written));
            }
            else if (written.Length < bytes.Length)
            {
                result = Failure(StorageError.NoSpace, name);
            }

            _image = after;
            Writes++;
            BytesWritten += written.Length;
            return result;
        }
    }

    internal StorageResult Sync(int file, string name)
    {
        lock (_gate)
        {
            StorageResult result = Begin(StorageOperation.Sync, name, _image);
            FileImage before = _image[file];
            _image = _image.With(file, result.IsOk ? before.Synced() : before.SyncFailed(ref _random));
            Syncs++;
            return result;
        }
    }

    internal void Closed()
    {
        lock (_gate)
        {
            OpenFiles--;
        }
    }

    private SimulatedFile Opened(int number, string name, bool canWrite)
    {
        OpenFiles++;
        return new SimulatedFile(this, number, name, canWrite);
    }

    private StorageResult Change(StorageOperation operation, string name, StorageImage after)
    {
        StorageResult result = Begin(operation, name, after);
        if (result.IsOk)
        {
            _image = after;
        }

        return result;
    }

    private StorageResult Begin(StorageOperation operation, string name, StorageImage inFlight)
    {
        var boundary = new Boundary(Boundaries++, operation, name, _image, inFlight);
        AtBoundary?.Invoke(boundary);
        StorageError error = Fault?.Invoke(boundary) ?? StorageError.None;
        return error == StorageError.None ? default : Failure(error, name);
    }

    /// <summary>How many bytes of a write there is space for.</summary>
    private int Fitting(FileImage file, int offset, int length)
    {
        if (Capacity == long.MaxValue)
        {
            return length;
        }

        long end = file.Current.Length + Math.Max(0, Capacity - _image.Size);
        return (int)Math.Clamp(end - offset, 0, length);
    }

    private void Check(string name)
    {
        ThrowIfDisposed();
        if (name.Length == 0 || name == DirectoryLock.FileName || Path.GetFileName(name) != name)
        {
            throw new ArgumentException($"'{name}' is no name of a file of a log.", nameof(name));
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);
}
