using System.Buffers.Binary;

namespace FastCache.Bench.HitRate;

/// <summary>Traces of fixed-size little-endian records.</summary>
internal static class BinaryTraceReader
{
    // libCacheSim's oracleGeneral: u32 time, u64 id, u32 size, i64 time of the next access.
    private const int OracleRecordSize = 24;
    private const int OracleIdOffset = 4;

    private const int RecordsPerRead = 4096;

    private delegate long ReadKey(ReadOnlySpan<byte> record);

    public static void ReadInt32(Stream stream, TraceBuilder builder) =>
        Read(stream, builder, sizeof(int), static record => BinaryPrimitives.ReadInt32LittleEndian(record));

    public static void ReadOracleGeneral(Stream stream, TraceBuilder builder) =>
        Read(stream, builder, OracleRecordSize, static record => BinaryPrimitives.ReadInt64LittleEndian(record[OracleIdOffset..]));

    private static void Read(Stream stream, TraceBuilder builder, int recordSize, ReadKey readKey)
    {
        byte[] buffer = new byte[RecordsPerRead * recordSize];
        while (!builder.IsFull)
        {
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length % recordSize != 0)
            {
                throw new InvalidDataException($"it ends inside a record of {recordSize} bytes");
            }

            for (int offset = 0; offset < length; offset += recordSize)
            {
                builder.Add(readKey(buffer.AsSpan(offset, recordSize)));
            }

            if (length < buffer.Length)
            {
                return;
            }
        }
    }
}
