namespace FastCache.Persistence.Writing;

/// <summary>What the writer has done. Written under its locks, read by anybody.</summary>
internal sealed class WriterCounters
{
    public long Records;
    public long Blocks;
    public long RawBytes;
    public long StoredBytes;
    public long Syncs;
    public long Segments;
    public long ForgottenSegments;
    public long Mends;
    public long Resumptions;
    public long CompactedSegments;
    public long CopiedRecords;
    public long UnreadableBlocks;
    public long Snapshots;
}
