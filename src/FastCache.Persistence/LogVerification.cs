namespace FastCache.Persistence;

/// <summary>What is in a log, and whether it is whole. In numbers of records unless said otherwise.</summary>
/// <remarks>Of a log that is being written: what it was at one moment while it was read.</remarks>
public sealed record LogVerification
{
    /// <summary>The full path of the directory.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Whether nothing that counts is missing or damaged. An end that is torn, which acknowledged nothing, is no damage; see <see cref="Torn"/>.
    /// </summary>
    public bool IsIntact => IsReadable && Missing == 0 && Damage.All(static damage => !damage.Counts);

    /// <summary>
    /// Whether this version can make sense of the log. If not, because of <see cref="IncompatibleFeatures"/> or because no segment has a
    /// header that can be read, nothing is known but names, lengths and the header.
    /// </summary>
    public bool IsReadable { get; init; }

    /// <summary>Whether this version may write to it: opening a log does.</summary>
    public bool IsWritable { get; init; }

    /// <summary>The number that all segments of the log share; 0 if there is none.</summary>
    public ulong LogId { get; init; }

    /// <summary>The digest of the name of the keys' format; 0 if there is none.</summary>
    public ulong KeyFormat { get; init; }

    /// <summary>The digest of the name of the values' format; 0 if there is none.</summary>
    public ulong ValueFormat { get; init; }

    /// <summary>Features that whoever does not know them ignores.</summary>
    public uint CompatibleFeatures { get; init; }

    /// <summary>Features that who writes must know.</summary>
    public uint ReadOnlyCompatibleFeatures { get; init; }

    /// <summary>Features that who reads must know.</summary>
    public uint IncompatibleFeatures { get; init; }

    /// <summary>The segment files, the oldest first.</summary>
    public IReadOnlyList<LogSegmentVerification> Segments { get; init; } = [];

    /// <summary>Everything that is damaged.</summary>
    public IReadOnlyList<LogDamage> Damage { get; init; } = [];

    /// <summary>Blocks of records that are whole, by the id of their codec; see <see cref="IBlockCodec.Id"/>. 0 is stored as it is.</summary>
    public IReadOnlyDictionary<byte, long> BlocksByCodec { get; init; } = new Dictionary<byte, long>();

    /// <summary>Blocks that hold nothing this version knows of.</summary>
    public long PassedOverBlocks { get; init; }

    /// <summary>Records that say that a key has a value.</summary>
    public long Puts { get; init; }

    /// <summary>Records that say that a key has none.</summary>
    public long Removes { get; init; }

    /// <summary>Records that say that no key has one.</summary>
    public long Clears { get; init; }

    /// <summary>Records that say that what has a tag, or keys with something in common, have none.</summary>
    public long BulkRemoves { get; init; }

    /// <summary>Bytes of records, before compression.</summary>
    public long RawBytes { get; init; }

    /// <summary>Bytes of records as they are stored, without the headers of blocks.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Nothing with a lower sequence counts.</summary>
    public ulong FloorSequence { get; init; }

    /// <summary>The last sequence that counts; below <see cref="FloorSequence"/> if none does.</summary>
    public ulong LastSequence { get; init; }

    /// <summary>All that counts up to here is known to have been on the disk.</summary>
    public ulong DurableSequence { get; init; }

    /// <summary>Whether the log was stopped in order.</summary>
    public bool WasStopped { get; init; }

    /// <summary>Whether the log had failed and the cache went on without it: an opening discards it.</summary>
    public bool IsStale { get; init; }

    /// <summary>Entries, of different keys, that an opening would bring back now if the cache has room for all.</summary>
    public long Entries { get; init; }

    /// <summary>Entries that it would bring back if they had not expired.</summary>
    public long Expired { get; init; }

    /// <summary>Records that newer ones overwrite or remove, of those that an opening would read.</summary>
    public long Superseded { get; init; }

    /// <summary>Entries that the cache had given up when it was last noted who was in it.</summary>
    public long GivenUp { get; init; }

    /// <summary>What was written and never durable, at the torn end of a log that was not stopped in order.</summary>
    public long Torn { get; init; }

    /// <summary>What was durable, cannot be read, and would be missed by an opening.</summary>
    public long Missing { get; init; }

    /// <summary>What can be read and would be left out, since something newer of the same key may be missing.</summary>
    public long Doubtful { get; init; }

    /// <summary>Files with what could not be read, which earlier openings have put aside.</summary>
    public int QuarantinedFiles { get; init; }

    /// <summary>Bytes of these files.</summary>
    public long QuarantinedBytes { get; init; }

    /// <summary>The oldest moment that the log's headers speak of; null if there is none.</summary>
    public DateTimeOffset? OldestTime { get; init; }

    /// <summary>The newest moment that the log's headers speak of; null if there is none.</summary>
    public DateTimeOffset? NewestTime { get; init; }
}
