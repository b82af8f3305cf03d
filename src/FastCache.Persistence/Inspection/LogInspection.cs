using FastCache.Persistence.Format;
using FastCache.Persistence.Lz4;
using FastCache.Persistence.Recovery;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Inspection;

/// <summary>A log that somebody looks at, while its owner may be writing to it: what counts in it at one moment.</summary>
/// <remarks>
/// The files stay open until the end, so what is deleted meanwhile can still be read. Whatever a header says was durable was written before
/// it, into this file or into one with a lower number; so nothing that is written while the files are opened one after the other can look
/// missing. But files can be deleted before they are opened, and a directory need not list what is changed while it is listed: where
/// something seems to be missing and the names have changed, it looks again.
/// </remarks>
internal sealed class LogInspection : IDisposable
{
    private const int MaxAttempts = 32;

    private readonly IReadOnlyStorage _storage;
    private readonly InspectionSetup _setup;
    private readonly ulong[] _limits;

    private LogInspection(IReadOnlyStorage storage, InspectionSetup setup, LogScan scan, IReadOnlyList<string> names)
    {
        _storage = storage;
        _setup = setup;
        Scan = scan;
        Names = names;
        Decoder = new BlockDecoder(setup.Codec ?? BlockCodecs.Default);
        _limits = new ulong[scan.Segments.Count];
        StatedFloor = LogFormat.FirstSequence;
        ulong limit = ulong.MaxValue;
        for (int index = _limits.Length - 1; index >= 0; index--)
        {
            _limits[index] = limit;
            if (scan.Segments[index].Header is { } header && Owns(scan.Segments[index]))
            {
                StatedFloor = Math.Max(StatedFloor, header.FloorSequence);
                limit = Math.Min(limit, header.PreviousSequence);
            }
        }
    }

    public string Location => _storage.Location;

    public LogScan Scan { get; }

    /// <summary>The files that there were.</summary>
    public IReadOnlyList<string> Names { get; }

    public BlockDecoder Decoder { get; }

    /// <summary>What the headers say is the first sequence that counts, whatever is missing behind it.</summary>
    public ulong StatedFloor { get; }

    /// <summary>Whether this version can make sense of the log. One whose first opening was interrupted says nothing yet.</summary>
    public bool IsReadable
        => Scan.Newest is { } newest ? newest.Features.MayRead : Scan.Segments.All(static segment => !segment.IsDamagedAtItsHeader);

    /// <summary>What time it is for the log: its own, if the wall clock was set back.</summary>
    public long UtcNow => Math.Max(_setup.TimeProvider.GetUtcNow().UtcTicks, Scan.NewestUtcTicks);

    /// <summary>Opens a log to look at it. O(blocks).</summary>
    /// <exception cref="CacheLogException">There is no such directory, or it cannot be read.</exception>
    public static LogInspection Open(InspectionSetup setup)
    {
        IReadOnlyStorage storage = OpenStorage(setup);
        LogInspection? opened = null;
        try
        {
            for (int attempt = 1; opened is null; attempt++)
            {
                opened = TryOpen(storage, setup, isLast: attempt == MaxAttempts);
            }

            TornEnd.Cut(opened.Scan, opened.Decoder);
            return opened;
        }
        catch
        {
            opened?.Scan.Dispose();
            storage.Dispose();
            throw;
        }
    }

    /// <exception cref="CacheLogException">This version can make no sense of the log.</exception>
    public void RequireReadable()
    {
        if (!IsReadable)
        {
            throw Scan.Newest is null
                ? new CacheLogCorruptException($"The log in {Location} cannot be read: no segment has a header that is whole.")
                : new CacheLogException($"The log in {Location} was written by a later version, with features that this one does not know.");
        }
    }

    /// <summary>Whether a segment is of this log.</summary>
    public bool Owns(SegmentReader segment)
        => segment.Header is { } header && header.LogId == Scan.Newest!.Value.LogId;

    /// <summary>The last sequence of a segment that counts, as far as later ones say so.</summary>
    public ulong LimitOf(int segment) => _limits[segment];

    /// <summary>Whether what a segment holds from a sequence on was never known to be durable, or was torn off by a later opening.</summary>
    public bool IsTorn(int segment, ulong sequence) => sequence > Math.Min(Scan.DurableSequence, _limits[segment]);

    /// <summary>What is wrong with the mark of an orderly stop. It is put in its place whole, so no writer is to blame.</summary>
    public IEnumerable<LogDamage> StopMarkDamage()
    {
        StopMark? mark = StopMarkFile.Read(_storage, out long length);
        bool isDamaged = Scan.Newest is not null && mark is null && length > 0;
        return isDamaged ? [new LogDamage(StopMark.FileName, 0, length, LogDamageKind.StopMark, Counts: true)] : [];
    }

    public StorageResult OpenFile(string name, out IStorageFile? file) => _storage.Open(name, out file);

    public void Dispose()
    {
        Scan.Dispose();
        _storage.Dispose();
    }

    private static LogInspection? TryOpen(IReadOnlyStorage storage, InspectionSetup setup, bool isLast)
    {
        StorageResult result = storage.List(out IReadOnlyList<string> names);
        Require(result, storage);
        result = LogScan.Read(storage, out LogScan scan);
        bool isKept = false;
        try
        {
            if (!(result.IsOk && SeemsWhole(scan)) && !isLast && IsChanged(storage, names))
            {
                return null;
            }

            Require(result, storage);
            isKept = true;
            return new LogInspection(storage, setup, scan, names);
        }
        finally
        {
            if (!isKept)
            {
                scan.Dispose();
            }
        }
    }

    private static bool SeemsWhole(LogScan scan)
        => scan.MissingRecords == 0 && !scan.Segments.Any(static segment => segment.Header is null || segment.Damage.Count > 0);

    private static bool IsChanged(IReadOnlyStorage storage, IReadOnlyList<string> names)
        => storage.List(out IReadOnlyList<string> now).IsOk && !now.SequenceEqual(names);

    private static IReadOnlyStorage OpenStorage(InspectionSetup setup)
    {
        if (setup.OpenStorage is { } open)
        {
            return open(setup.Directory);
        }

        StorageResult result = DirectoryReader.Open(setup.Directory, out DirectoryReader? storage);
        return result.IsOk ? storage! : throw new CacheLogException(result.Cause!.Message, result.Cause);
    }

    private static void Require(in StorageResult result, IReadOnlyStorage storage)
    {
        if (!result.IsOk)
        {
            throw new CacheLogException($"Cannot read the log in {storage.Location}: {result.Error}.", result.Cause);
        }
    }
}
