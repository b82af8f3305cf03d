using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

/// <summary>Changes segments into what another version may have written: with checksums that are right.</summary>
internal static class SegmentEdits
{
    public static SegmentHeader HeaderOf(this SimulatedStorage storage, string name)
    {
        Assert.True(SegmentHeader.TryRead(storage.Bytes(name), out SegmentHeader header));
        return header;
    }

    public static void EditHeader(this SimulatedStorage storage, string name, Func<SegmentHeader, SegmentHeader> edit)
    {
        byte[] bytes = storage.Bytes(name);
        edit(storage.HeaderOf(name)).Write(bytes);
        storage.Replace(name, bytes);
    }

    /// <summary>Appends a block, stored as it is.</summary>
    public static void AppendBlock(
        this SimulatedStorage storage, string name, BlockKind kind, ulong firstSequence, uint records, ReadOnlySpan<byte> content)
    {
        byte[] bytes = storage.Bytes(name);
        uint checksum = Crc32C.Compute(0, content);
        var header = new BlockHeader
        {
            Kind = kind,
            RecordCount = records,
            StoredLength = content.Length,
            RawLength = content.Length,
            StoredCrc = checksum,
            RawCrc = checksum,
            FirstSequence = firstSequence,
        };
        byte[] block = new byte[header.TotalLength];
        header.Write(block, storage.HeaderOf(name).Salt, bytes.Length);
        content.CopyTo(block.AsSpan(BlockHeader.Length));
        storage.Replace(name, [.. bytes, .. block]);
    }
}
