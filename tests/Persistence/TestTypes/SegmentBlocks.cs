using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>The blocks of a segment that is whole.</summary>
internal static class SegmentBlocks
{
    public static IEnumerable<(int Offset, BlockHeader Header)> Of(SimulatedStorage storage, string name)
    {
        byte[] bytes = storage.Bytes(name);
        if (!SegmentHeader.TryRead(bytes, out SegmentHeader segment))
        {
            throw new InvalidOperationException($"{name} has no header.");
        }

        for (int offset = SegmentHeader.Length; offset < bytes.Length;)
        {
            if (!BlockHeader.TryRead(bytes.AsSpan(offset), segment.Salt, offset, out BlockHeader block))
            {
                throw new InvalidOperationException($"{name} has no block at {offset}.");
            }

            yield return (offset, block);
            offset += (int)block.TotalLength;
        }
    }
}
