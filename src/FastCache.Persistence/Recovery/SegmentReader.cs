using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Recovery;

/// <summary>A segment that exists, for reading. Reads of different blocks may run at the same time.</summary>
internal sealed class SegmentReader : IDisposable
{
    // To search a segment for blocks behind a damaged one.
    private const int SearchLength = 1 << 20;

    private readonly IStorageFile _file;

    private SegmentReader(IStorageFile file, string name, ulong id, SegmentHeader? header)
    {
        _file = file;
        Name = name;
        Id = id;
        Header = header;
    }

    public string Name { get; }

    public ulong Id { get; }

    /// <summary>Null if it is damaged: then nothing in the segment can be believed.</summary>
    public SegmentHeader? Header { get; }

    public long Length => _file.Length;

    /// <summary>
    /// Whether there are blocks without a header before them. It was durable before they were written, so it was damaged later; one without
    /// blocks may be one that was never written whole.
    /// </summary>
    public bool IsDamagedAtItsHeader => Header is null && Length > SegmentHeader.Length;

    /// <summary>Where there is something that is no valid block.</summary>
    public List<DamagedRange> Damage { get; } = [];

    public static StorageResult Open(IStorage storage, string name, ulong id, out SegmentReader? reader)
    {
        reader = null;
        StorageResult result = storage.Open(name, out IStorageFile? file);
        if (!result.IsOk)
        {
            return result;
        }

        Span<byte> bytes = stackalloc byte[SegmentHeader.Length];
        bool isHeader = file!.Read(0, bytes, out int count).IsOk & SegmentHeader.TryRead(bytes[..count], out SegmentHeader header);
        reader = new SegmentReader(file, name, id, isHeader && header.SegmentId == id ? header : null);
        return result;
    }

    /// <summary>Adds all blocks, in order, by their headers alone.</summary>
    /// <param name="blocks">Those of records.</param>
    /// <param name="asides">Those of the policy's snapshots.</param>
    public void CollectBlocks(List<BlockLocation> blocks, List<BlockLocation> asides)
    {
        if (Header is not { } segment)
        {
            Damage.Add(new DamagedRange(0, Length));
            return;
        }

        Span<byte> bytes = stackalloc byte[BlockHeader.Length];
        long offset = SegmentHeader.Length;
        ulong next = segment.FirstSequence;
        while (offset < Length)
        {
            if (!_file.Read(offset, bytes, out int count).IsOk
                || !BlockHeader.TryRead(bytes[..count], segment.Salt, offset, out BlockHeader header)
                || offset + BlockHeader.Length + header.StoredLength > Length)
            {
                // A torn end, or damage in the middle: there may be blocks behind it.
                long damaged = offset;
                offset = FindBlock(offset + LogFormat.Alignment, segment.Salt);
                Damage.Add(new DamagedRange(damaged, offset));
                continue;
            }

            if (header.Kind == BlockKind.Records && header.RecordCount > 0 && header.FirstSequence >= next)
            {
                blocks.Add(new BlockLocation(this, offset, header));
                next = header.LastSequence + 1;
            }

            if (header.Kind == BlockKind.Standings)
            {
                asides.Add(new BlockLocation(this, offset, header));
            }

            offset += header.TotalLength;
        }
    }

    /// <summary>Reads what is stored of a block.</summary>
    public bool TryRead(in BlockLocation block, Span<byte> stored)
        => _file.Read(block.Offset + BlockHeader.Length, stored, out int count).IsOk && count == stored.Length;

    /// <summary>Reads bytes as they are; how many there were.</summary>
    public int ReadRaw(long offset, Span<byte> bytes) => _file.Read(offset, bytes, out int count).IsOk ? count : 0;

    /// <inheritdoc cref="IStorageFile.Sync"/>
    public StorageResult Sync() => _file.Sync();

    public void Dispose() => _file.Dispose();

    /// <summary>Searches for the next valid block header; the end of the file if there is none.</summary>
    private long FindBlock(long from, uint salt)
    {
        byte[] bytes = new byte[SearchLength];
        for (long offset = from; offset < Length; offset += SearchLength)
        {
            int count = ReadRaw(offset, bytes);
            for (int at = 0; at + BlockHeader.Length <= count; at += LogFormat.Alignment)
            {
                if (BlockHeader.TryRead(bytes.AsSpan(at, BlockHeader.Length), salt, offset + at, out _))
                {
                    return offset + at;
                }
            }
        }

        return Length;
    }
}
