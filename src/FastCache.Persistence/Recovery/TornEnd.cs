using CommunityToolkit.HighPerformance.Buffers;

namespace FastCache.Persistence.Recovery;

/// <summary>Finds where a log is torn. What is not known to be durable may be; there is little of it, and a log that is torn ends there.</summary>
internal static class TornEnd
{
    /// <summary>Cuts a log before the first block that was never durable and is damaged.</summary>
    public static void Cut(LogScan scan, BlockDecoder decoder)
    {
        int first = scan.FirstUnsynced;
        for (int index = first; index >= 0 && index < scan.Blocks.Count; index++)
        {
            using MemoryOwner<byte>? content = decoder.Read(scan.Blocks[index]);
            if (content is null)
            {
                scan.CutBefore(index);
            }
        }
    }
}
