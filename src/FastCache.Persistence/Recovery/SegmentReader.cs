using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Recovery;

/// <summary>A segment that exists, for reading. Reads of different blocks may run at the same time.</summary>
internal sealed class SegmentReader : IDisposable
{
    // To search a segment for blocks behind a damaged one.
    private const int SearchLength = 1 << 20;

    private readonly IStorageFile _file;

    private SegmentReader(IStorageFile file, long length, string name, ulong id, SegmentHeader? header)
    {
        _file = file;
        Length = length;
        Name = name;
        Id = id;
        Header = header;
    }

    public string Name { get; }

    public ulong Id { get; }

    /// <summary>Null if it is damaged: then nothing in the segment can be believed.</summary>
    public SegmentHeader? Header { get; }

    /// <summary>Its length when it was opened: somebody may be writing to it. Asked for before the header is read.</summary>
    public long Length { get; }

    /// <summary>
    /// Whether there are blocks without a header before them. It was durable before they were written, so it was damaged later; one without
    /// blocks may be one that was never written whole.
    /// </summary>
    public bool IsDamagedAtItsHeader => Header is null && Length > SegmentHeader.Length;

    /// <summary>Where there is something that is no valid block.</summary>
    public List<DamagedRange> Damage { get; } = [];

    public static StorageResult Open(IReadOnlyStorage storage, string name, ulong id, out SegmentReader? reader)
    {
        reader = null;
        StorageResult result = storage.Open(name, out IStorageFile? file);
        if (!result.IsOk)
        {
            return result;
        }

        Span<byte> bytes = stackalloc byte[SegmentHeader.Length];
        long length = file!.Length;
        bool isHeader = file.Read(0, bytes, out int count).IsOk & SegmentHeader.TryRead(bytes[..count], out SegmentHeader header);
        reader = new SegmentReader(file, length, name, id, isHeader && header.SegmentId == id ? header : null);
        return result;
    }

    /// <summary>Adds all blocks, in order, by their headers alone.</summary>
    /// <param name="blocks">Those of records.</param>
    /// <param name="asides">Those of the policy's snapshots.</param>
    public void CollectBlocks(List<BlockLocation> blocks, List<BlockLocation> asides)
    {
        ulong next = Header?.FirstSequence ?? 0;
        foreach (BlockLocation block in Walk(Damage))
        {
            if (block.HoldsRecords(next))
            {
                blocks.Add(block);
                next = block.Header.LastSequence + 1;
            }
            else if (block.Header.Kind == BlockKind.Standings)
            {
                asides.Add(block);
            }
        }
    }

    /// <summary>All blocks, whatever they hold, in order, by their headers alone.</summary>
    /// <param name="damage">Gets what is no valid block, as soon as it has been passed.</param>
    public IEnumerable<BlockLocation> Walk(List<DamagedRange> damage)
    {
        if (Header is not { } segment)
        {
            damage.Add(new DamagedRange(0, Length));
            yield break;
        }

        byte[] bytes = new byte[BlockHeader.Length];
        long offset = SegmentHeader.Length;
        while (offset < Length)
        {
            if (!_file.Read(offset, bytes, out int count).IsOk
                || !BlockHeader.TryRead(bytes.AsSpan(0, count), segment.Salt, offset, out BlockHeader header)
                || offset + BlockHeader.Length + header.StoredLength > Length)
            {
                // A torn end, or damage in the middle: there may be blocks behind it.
                long damaged = offset;
                offset = FindBlock(offset + LogFormat.Alignment, segment.Salt);
                damage.Add(new DamagedRange(damaged, offset));
                continue;
            }

            yield return new BlockLocation(this, offset, header);
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
