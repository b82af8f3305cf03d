using FastCache.Persistence.Inspection;

namespace FastCache.Persistence;

/// <summary>Looks at logs without opening them: nothing is changed, and whoever has one open is not disturbed.</summary>
public static partial class CacheLog
{
    /// <summary>Reads all of a log and tells what is in it and whether it is whole.</summary>
    /// <param name="directory">The directory of the log, which must exist; it need not be free.</param>
    /// <param name="codec">The application's own codec, if the log was written with one.</param>
    /// <param name="progress">
    /// Is told every few megabytes, on the thread that reads. What it throws ends the verification and passes through.
    /// </param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What was found. Damage, and a log that this version cannot read, are results, not exceptions.</returns>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is null or blank.</exception>
    /// <exception cref="CacheLogException">There is no such directory, or the system does not let this process read it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <remarks>
    /// <para>O(bytes of the log), in the background, on one thread. Takes a block, 80 bytes for each block of the log, and 16 to 32 for each
    /// key. Thread-safe.</para>
    /// <para>The log may be written meanwhile, by this process or another: what is told is then how it was at one moment.</para>
    /// </remarks>
    public static Task<LogVerification> VerifyAsync(
        string directory,
        IBlockCodec? codec = null,
        IProgress<LogVerificationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        return Task.Run(() => LogVerifier.Verify(new InspectionSetup(directory, codec), progress, cancellationToken), cancellationToken);
    }

    /// <summary>Reads the entries that an opening would bring back now, the newest first.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="directory">The directory of the log, which must exist; it need not be free.</param>
    /// <param name="keySerializer">Reads the keys. Null, the default: <see cref="LogSerializer.TryGetForKeys"/>.</param>
    /// <param name="valueSerializer">Reads the values. Null, the default: <see cref="LogSerializer.TryGet"/>.</param>
    /// <param name="codec">The application's own codec, if the log was written with one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>
    /// The entries, each key once. They are read while they are enumerated, and so is everything thrown then; what a serializer throws
    /// passes through. The files are open from the first entry until the enumeration ends.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="directory"/> is null or blank, or there is no built-in serializer for keys or values.
    /// </exception>
    /// <exception cref="CacheLogException">
    /// There is no such directory, it cannot be read, the log was written by a later version, or its keys or values have another format.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <remarks>
    /// As a restart would: what lies before a clear or before durable records that cannot be read is not among them; a log that had failed
    /// has none. O(bytes that are read); takes as much memory as <see cref="VerifyAsync"/>. The method is thread-safe.
    /// </remarks>
    public static IAsyncEnumerable<LogEntry<TKey, TValue>> ReadEntriesAsync<TKey, TValue>(
        string directory,
        ILogSerializer<TKey>? keySerializer = null,
        ILogSerializer<TValue>? valueSerializer = null,
        IBlockCodec? codec = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        if (keySerializer is null && !LogSerializer.TryGetForKeys(out keySerializer))
        {
            throw new ArgumentException($"There is no built-in serializer for keys of {typeof(TKey)}.", nameof(keySerializer));
        }

        if (valueSerializer is null && !LogSerializer.TryGet(out valueSerializer))
        {
            throw new ArgumentException($"There is no built-in serializer for {typeof(TValue)}.", nameof(valueSerializer));
        }

        var setup = new InspectionSetup(directory, codec);
        return new EntryReader<TKey, TValue>(setup, keySerializer, valueSerializer).ReadAsync(cancellationToken);
    }

    /// <summary>Reads all records of a log that can be read, as they are, in the order in which they were written.</summary>
    /// <param name="directory">The directory of the log, which must exist; it need not be free.</param>
    /// <param name="codec">The application's own codec, if the log was written with one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>
    /// The records, those that do not count any more among them. They are read while they are enumerated, and so is everything thrown then.
    /// Blocks that are damaged are passed over. The files are open from the first record until the enumeration ends.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is null or blank.</exception>
    /// <exception cref="CacheLogException">
    /// There is no such directory, it cannot be read, or the log was written by a later version.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <remarks>
    /// O(bytes of the log), which is read twice, once before the first record comes. Takes as much memory as <see cref="VerifyAsync"/>, and
    /// a bit for each record. The method is thread-safe.
    /// </remarks>
    public static IAsyncEnumerable<LogDumpRecord> DumpAsync(
        string directory, IBlockCodec? codec = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        return LogDump.ReadAsync(new InspectionSetup(directory, codec), cancellationToken);
    }
}
