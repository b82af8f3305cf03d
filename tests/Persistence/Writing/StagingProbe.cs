using System.Buffers;
using System.Globalization;
using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Writing;
using FastCache.Tagging;
using Microsoft.Extensions.ObjectPool;

namespace FastCache.Tests.Persistence.Writing;

/// <summary>A <see cref="Staging"/> with blocks of 64 bytes, to which keys are appended by number, and what comes out of it.</summary>
internal sealed class StagingProbe
{
    public const int BlockSize = 64;
    public const ulong FirstSequence = 5;

    // What lies in the buffer before the record is none of it.
    private const int Start = 3;

    private readonly Dictionary<ulong, int> _keys = [];

    /// <param name="room">Bytes that may wait.</param>
    /// <param name="drops">Whether values are dropped when there are more.</param>
    public StagingProbe(long room = long.MaxValue, bool drops = false)
    {
        Room = new Room(room);
        var blocks = new DefaultObjectPool<StagedBlock>(new StagedBlockPolicy(BlockSize));
        Staging = new Staging(FirstSequence, blocks, Room, drops);
    }

    public Staging Staging { get; }

    public Room Room { get; }

    /// <summary>The buffer of the last value.</summary>
    public ArrayPoolBufferWriter<byte>? Buffer { get; private set; }

    public bool WasTaken { get; private set; }

    public ulong Put(int key, int valueLength = 0, long generation = 0, bool isAwaited = false, TagSet? tags = null)
    {
        Buffer = new ArrayPoolBufferWriter<byte>();
        Span<byte> header = stackalloc byte[PutHeader.MaxLength];
        int length = new PutHeader(sizeof(int), valueLength, IsNull: false, Deadline: 0, IdleLimit: 0, IdleEnd: 0).Write(header);
        Buffer.Write(new byte[Start]);
        Buffer.Write(header[..length]);
        Buffer.Write(BitConverter.GetBytes(key));
        Buffer.Write(new byte[valueLength]);
        StagedPut put = Staging.AppendPut(Buffer, Start, Digest(key), tags, generation, isAwaited);
        WasTaken = put.IsBufferTaken;
        return put.AwaitedSequence;
    }

    public ulong Remove(int key, bool isAwaited = false) => Staging.AppendRemove(Digest(key), isAwaited);

    public ulong Clear() => Staging.AppendClear(out _);

    public bool RemoveTag(string tag, TagRegistry tags)
        => Staging.AppendRemoveTag(tag, tags, RecordBytes.OfRemoval(RecordKind.RemoveTag, tag));

    public void RemovePrefix(string prefix)
        => Staging.AppendRemoveMatching(KeyPattern.Prefix(prefix), RecordBytes.OfRemoval(RecordKind.RemovePrefix, prefix));

    public bool IsUntouched(int key) => Staging.IsUntouched(key, Digest(key));

    /// <summary>Takes the blocks that are sealed, and says of each its first sequence and its records.</summary>
    public string[] TakeSealed()
    {
        var found = new List<string>();
        while (Staging.Sealed.TryRead(out StagedBlock? block))
        {
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{block.FirstSequence}: {string.Join(", ", Records(block))}"));
            Room.Free(block.Length);
        }

        return [.. found];
    }

    /// <summary>The same for all that was appended.</summary>
    public string[] TakeAll()
    {
        Staging.Seal();
        return TakeSealed();
    }

    public ulong Digest(int key)
    {
        ulong digest = KeyDigest.Of(BitConverter.GetBytes(key));
        _keys[digest] = key;
        return digest;
    }

    private List<string> Records(StagedBlock block)
    {
        var records = new List<string>();
        var reader = new RecordReader(block.Content);
        while (reader.TryRead(out RecordView record))
        {
            records.Add(record.Kind switch
            {
                RecordKind.Clear => "clear",
                RecordKind.Put or RecordKind.Remove => $"{record.Kind} {_keys[record.KeyDigest]}".ToLowerInvariant(),
                _ => $"{record.Kind} {TextBytes.Read(record.Text)}",
            });
        }

        if (!reader.IsAtEnd || records.Count != block.RecordCount)
        {
            throw new InvalidOperationException($"A block of {block.RecordCount} records holds {records.Count} and {block.Length} bytes.");
        }

        return records;
    }
}
