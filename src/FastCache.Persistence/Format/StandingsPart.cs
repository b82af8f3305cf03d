using System.Buffers.Binary;
using FastCache.Eviction;
using FastCache.Journaling;

namespace FastCache.Persistence.Format;

/// <summary>A part of a snapshot of the eviction policy, as it lies in a block: whose entries were there, and where they stood.</summary>
internal readonly ref struct StandingsPart
{
    /// <summary>Bytes before the entries.</summary>
    public const int HeaderLength = 32;

    /// <summary>Bytes of an entry.</summary>
    public const int EntryLength = sizeof(ulong) + 1;

    private const int QueueShift = 4;
    private const int FrequencyMask = 15;
    private const int ReferencedFlag = 1 << 6;

    private readonly ReadOnlySpan<byte> _digests;
    private readonly ReadOnlySpan<byte> _standings;

    private StandingsPart(ReadOnlySpan<byte> digests, ReadOnlySpan<byte> standings)
    {
        _digests = digests;
        _standings = standings;
    }

    /// <summary>The last record that had been appended before the entries were looked at.</summary>
    public ulong AsOf { get; private init; }

    /// <summary>Entries of all parts.</summary>
    public uint Total { get; private init; }

    /// <summary>How many entries other parts have before this one's.</summary>
    public uint First { get; private init; }

    /// <summary>How much of the cache's limit the window had; 0 if there was none.</summary>
    public double WindowShare { get; private init; }

    public int Count => _standings.Length;

    public static int LengthOf(int count) => HeaderLength + (count * EntryLength);

    /// <summary>The key digest of an entry of this part.</summary>
    public ulong DigestOf(int index) => BinaryPrimitives.ReadUInt64LittleEndian(_digests[(index * sizeof(ulong))..]);

    public EntryStanding StandingOf(int index)
    {
        byte standing = _standings[index];
        return new EntryStanding((SlotQueue)((standing >> QueueShift) & 3), (standing & ReferencedFlag) != 0, standing & FrequencyMask);
    }

    public static void Write(
        Span<byte> destination,
        ulong asOf,
        uint total,
        uint first,
        double windowShare,
        ReadOnlySpan<ulong> digests,
        ReadOnlySpan<EntryStanding> standings)
    {
        destination[..HeaderLength].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(destination, asOf);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], total);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], first);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], (uint)(windowShare * uint.MaxValue));
        destination = destination[HeaderLength..];
        for (int index = 0; index < digests.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(index * sizeof(ulong))..], digests[index]);
            EntryStanding standing = standings[index];
            destination[(digests.Length * sizeof(ulong)) + index] = (byte)(
                Math.Clamp(standing.Frequency, 0, FrequencyMask)
                | ((int)standing.Queue << QueueShift)
                | (standing.IsReferenced ? ReferencedFlag : 0));
        }
    }

    /// <summary>False if the bytes are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out StandingsPart part)
    {
        part = default;
        if (source.Length < HeaderLength || (source.Length - HeaderLength) % EntryLength != 0)
        {
            return false;
        }

        int count = (source.Length - HeaderLength) / EntryLength;
        part = new StandingsPart(source.Slice(HeaderLength, count * sizeof(ulong)), source[(HeaderLength + (count * sizeof(ulong)))..])
        {
            AsOf = BinaryPrimitives.ReadUInt64LittleEndian(source),
            Total = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]),
            First = BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
            WindowShare = BinaryPrimitives.ReadUInt32LittleEndian(source[16..]) / (double)uint.MaxValue,
        };
        return part.First <= part.Total && (uint)count <= part.Total - part.First;
    }
}
