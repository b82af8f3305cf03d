using System.Buffers.Binary;

namespace FastCache.Persistence.Format;

/// <summary>What an orderly stop leaves behind in a file of its own: up to where the log was durable then.</summary>
/// <remarks>Without it, nothing tells a last block that has rotted from one that was never written whole.</remarks>
/// <param name="LogId">The log's.</param>
/// <param name="LastSequence">The last sequence of the log.</param>
internal readonly record struct StopMark(ulong LogId, ulong LastSequence)
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "CLEAN";

    /// <summary>The file's name until it is complete.</summary>
    public const string TemporaryFileName = "CLEAN.new";

    public const int Length = 28;

    private const ulong Magic = 0x4E41_454C_4353_4346; // "FCSCLEAN"
    private const int CrcOffset = Length - sizeof(uint);

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], LogId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], LastSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], Crc32C.Compute(seed: 0, destination[..CrcOffset]));
    }

    /// <summary>False if the bytes are no such mark, or a damaged one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out StopMark mark)
    {
        mark = default;
        if (source.Length != Length
            || BinaryPrimitives.ReadUInt64LittleEndian(source) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..]) != Crc32C.Compute(seed: 0, source[..CrcOffset]))
        {
            return false;
        }

        mark = new StopMark(
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]), BinaryPrimitives.ReadUInt64LittleEndian(source[16..]));
        return true;
    }
}
