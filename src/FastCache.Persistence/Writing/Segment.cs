using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Writing;

/// <summary>The file that the log is written to.</summary>
/// <remarks>Written by one thread at a time, and synced by any.</remarks>
internal sealed class Segment : IDisposable
{
    private readonly IStorageFile _file;
    private long _end;
    private bool _hasFailed;

    private Segment(IStorageFile file, in SegmentStart start, uint salt)
    {
        _file = file;
        Id = start.SegmentId;
        Salt = salt;
        End = SegmentHeader.Length;
    }

    private static StorageResult Failed => new(StorageError.DeviceFailed, Cause: null);

    public ulong Id { get; }

    /// <summary>What its block headers' checksums begin with.</summary>
    public uint Salt { get; }

    /// <summary>Where the next block begins.</summary>
    public long End
    {
        get => Volatile.Read(ref _end);
        private set => Volatile.Write(ref _end, value);
    }

    /// <summary>Makes a segment: once this has succeeded, it is found after a power cut.</summary>
    /// <param name="storage">Where.</param>
    /// <param name="identity">Of which log.</param>
    /// <param name="start">From where on.</param>
    /// <param name="salt">A random number.</param>
    /// <param name="utcTicks">When.</param>
    /// <param name="segment">The segment; null after a failure.</param>
    public static StorageResult Create(
        IStorage storage,
        in LogIdentity identity,
        in SegmentStart start,
        uint salt,
        long utcTicks,
        out Segment? segment)
    {
        segment = null;

        // Nothing is reserved: a sync is no faster for it, and what is reserved for a segment that ends early is lost to the disk.
        StorageResult result = storage.Create(SegmentName.Of(start.SegmentId), expectedLength: 0, out IStorageFile? file);
        if (!result.IsOk)
        {
            return result;
        }

        Span<byte> header = stackalloc byte[SegmentHeader.Length];
        HeaderOf(identity, start, salt, utcTicks).Write(header);
        result = file!.Write(0, header);
        result = result.IsOk ? file.Sync() : result;
        result = result.IsOk ? storage.SyncDirectory() : result;
        if (!result.IsOk)
        {
            file.Dispose();
            return result;
        }

        segment = new Segment(file, start, salt);
        return result;
    }

    /// <summary>What the header of a segment says.</summary>
    /// <inheritdoc cref="Create" path="/param"/>
    public static SegmentHeader HeaderOf(in LogIdentity identity, in SegmentStart start, uint salt, long utcTicks) => new()
    {
        LogId = identity.LogId,
        SegmentId = start.SegmentId,
        FirstSequence = start.FirstSequence,
        PreviousSequence = start.PreviousSequence,
        FloorSequence = start.FloorSequence,
        DurableSequence = start.PreviousSequence,
        UtcTicks = utcTicks,
        KeyFormat = identity.KeyFormat,
        ValueFormat = identity.ValueFormat,
        Salt = salt,
    };

    /// <summary>Whether a write or a sync of it has failed: it is not touched again, since nothing that it says then would prove anything.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed);

    /// <summary>Writes whole blocks behind the last one.</summary>
    public StorageResult Append(ReadOnlySpan<byte> blocks)
    {
        StorageResult result = HasFailed ? Failed : _file.Write(End, blocks);
        End += result.IsOk ? blocks.Length : 0;
        return result;
    }

    /// <inheritdoc cref="IStorageFile.Sync"/>
    public StorageResult Sync() => HasFailed ? Failed : _file.Sync();

    public void SetFailed() => Volatile.Write(ref _hasFailed, true);

    public void Dispose() => _file.Dispose();
}
