using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence;

/// <summary>How a cache is logged. Read once, when the log is opened.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class CacheLogOptions<TKey, TValue>
{
    /// <summary>
    /// Where the files of the log are. Required; made if it does not exist. One log has it for itself as long as it is open.
    /// </summary>
    public string Directory { get; set; } = "";

    /// <summary>
    /// Turns keys into bytes, equal keys into equal ones. Null, the default: <see cref="LogSerializer.TryGetForKeys"/>. Required if
    /// the cache has a <see cref="CacheOptions{TKey, TValue}.Comparer"/>, which the log does not ask.
    /// </summary>
    public ILogSerializer<TKey>? KeySerializer { get; set; }

    /// <summary>Turns values into bytes. Null, the default: <see cref="LogSerializer.TryGet"/>.</summary>
    public ILogSerializer<TValue>? ValueSerializer { get; set; }

    /// <summary>When a write is safe. The default is <see cref="LogDurability.Interval"/>.</summary>
    public LogDurability Durability { get; set; }

    /// <summary>How often the log is brought to the disk; from one millisecond to an hour. The default is 100 milliseconds.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What happens when the cache is written to faster than the log. The default is <see cref="LogBackPressure.Wait"/>.</summary>
    public LogBackPressure BackPressure { get; set; }

    /// <summary>
    /// Bytes, before compression, that may wait to be written; at least four blocks. The default is 8 MiB. Exceeded by a block, and one
    /// record of each thread, at most; whoever awaits a write waits for the disk, not for room.
    /// </summary>
    public int MaxStagedBytes { get; set; } = 8 << 20;

    /// <summary>Bytes that are compressed together; from 4 KiB to 4 MiB. The default is 64 KiB.</summary>
    public int BlockSize { get; set; } = 64 << 10;

    /// <summary>Bytes of a file; from 1 MiB to 1 GiB. The default is 64 MiB.</summary>
    public long SegmentSize { get; set; } = 64 << 20;

    /// <summary>
    /// The most bytes that the files of the log take together, one segment and what was put aside as damaged not counted; four segments at
    /// least. The default is 4 GiB. A log is kept at about twice the size of what the cache holds; if that is more than this, its oldest
    /// entries are forgotten, which is told (<see cref="CacheLogEventKind.Forgotten"/>): they stay in the cache, and do not survive it.
    /// </summary>
    public long MaxLogSize { get; set; } = 4L << 30;

    /// <summary>
    /// The most bytes that a key, its value and its tags may take together; from 1 KiB to 16 MiB. A larger value is not logged, and counted: after
    /// a restart its key is absent. The default is 1 MiB.
    /// </summary>
    public int MaxRecordSize { get; set; } = 1 << 20;

    /// <summary>Compresses the blocks. The default is LZ4. A log may hold blocks of LZ4 and of one other codec.</summary>
    public IBlockCodec Codec { get; set; } = Lz4.BlockCodecs.Default;

    /// <summary>What is done with a log that exists. The default is <see cref="LogRecovery.Safe"/>.</summary>
    public LogRecovery Recovery { get; set; }

    /// <summary>
    /// Is told what happens to the log. Called in the background, outside any lock; what it throws is ignored. Null, the default: nobody is.
    /// </summary>
    public Action<CacheLogEvent>? Listener { get; set; }

    /// <summary>Opens the storage; for tests.</summary>
    internal Func<string, IStorage>? OpenStorage { get; set; }

    /// <summary>Makes what drives the writer, and restores in place; for tests.</summary>
    internal Func<LogWriter, IWriterDriver>? CreateDriver { get; set; }

    /// <summary>Draws the log's random numbers; for tests.</summary>
    internal Func<ulong>? NextRandom { get; set; }

    /// <summary>Lifts the lower limits of sizes; for tests.</summary>
    internal bool AllowsTinySizes { get; set; }
}
