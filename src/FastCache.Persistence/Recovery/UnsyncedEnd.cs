using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Recovery;

/// <summary>Moves what is not known to be durable at the end of a log into a segment of its own, before anything is built upon it.</summary>
/// <remarks>
/// A sync that has failed in the process before may have left bytes that can be read and will never be on the disk: to sync their file now
/// proves nothing, and to write them again where they are might tear what is on the disk after all. The segment gets its name when all of
/// it is durable, so that it counts as a whole or not at all.
/// </remarks>
internal static class UnsyncedEnd
{
    /// <summary>Ends the name of a segment that is not complete.</summary>
    public const string IncompleteExtension = ".new";

    /// <param name="storage">Where the log is.</param>
    /// <param name="scan">What is in it; knows the new segment afterwards.</param>
    /// <param name="identity">Which log it is.</param>
    /// <param name="nextSalt">Draws a random number, if there is anything to move.</param>
    public static StorageResult Move(IStorage storage, LogScan scan, in LogIdentity identity, Func<uint> nextSalt)
    {
        int first = scan.FirstUnsynced;
        if (first < 0)
        {
            return default;
        }

        ulong previous = first > 0 ? scan.Blocks[first - 1].Header.LastSequence : scan.FloorSequence - 1;
        var start = new SegmentStart(scan.Segments[^1].Id + 1, scan.Blocks[first].Header.FirstSequence, previous, scan.FloorSequence);
        string name = SegmentName.Of(start.SegmentId);
        StorageResult result = Write(
            storage, name + IncompleteExtension, Segment.HeaderOf(identity, start, nextSalt(), scan.NewestUtcTicks), scan.BlocksFrom(first));
        if (!result.IsOk)
        {
            storage.Delete(name + IncompleteExtension);
            return result;
        }

        result = storage.Rename(name + IncompleteExtension, name);
        result = result.IsOk ? storage.SyncDirectory() : result;
        SegmentReader? moved = null;
        result = result.IsOk ? SegmentReader.Open(storage, name, start.SegmentId, out moved) : result;
        if (moved is not null)
        {
            scan.MoveTo(moved, first);
        }

        return result;
    }

    private static StorageResult Write(IStorage storage, string name, in SegmentHeader header, IEnumerable<BlockLocation> blocks)
    {
        storage.Delete(name);
        StorageResult result = storage.Create(name, expectedLength: 0, out IStorageFile? file);
        if (!result.IsOk)
        {
            return result;
        }

        using (file)
        {
            Span<byte> bytes = stackalloc byte[SegmentHeader.Length];
            header.Write(bytes);
            result = file!.Write(0, bytes);
            long offset = SegmentHeader.Length;
            foreach (BlockLocation block in blocks)
            {
                result = result.IsOk ? Write(file, offset, header.Salt, block) : result;
                offset += block.Header.TotalLength;
            }

            return result.IsOk ? file.Sync() : result;
        }
    }

    private static StorageResult Write(IStorageFile file, long offset, uint salt, in BlockLocation block)
    {
        using MemoryOwner<byte> bytes = MemoryOwner<byte>.Allocate((int)block.Header.TotalLength, AllocationMode.Clear);
        block.Header.Write(bytes.Span, salt, offset);
        return block.Segment.TryRead(block, bytes.Span.Slice(BlockHeader.Length, block.Header.StoredLength))
            ? file.Write(offset, bytes.Span)
            : new StorageResult(StorageError.DeviceFailed, Cause: null);
    }
}
