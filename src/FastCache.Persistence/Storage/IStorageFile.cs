namespace FastCache.Persistence.Storage;

/// <summary>A file of a log. Thread-safe: reads, writes at different offsets and a sync may run at the same time.</summary>
internal interface IStorageFile : IDisposable
{
    /// <summary>The length in bytes: the end of the write that reaches furthest.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    /// <param name="offset">Where to begin.</param>
    /// <param name="buffer">What to fill.</param>
    /// <param name="count">How many bytes were read.</param>
    StorageResult Read(long offset, Span<byte> buffer, out int count);

    /// <summary>Writes all bytes. One that fails may have written a part of them.</summary>
    StorageResult Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Makes all writes that ended before this call durable. After one that fails nothing is known of any write since the last that
    /// succeeded, and another attempt proves nothing.
    /// </summary>
    StorageResult Sync();
}
