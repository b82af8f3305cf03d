using System.IO.Compression;
using FastCache.Bench.Reporting;

namespace FastCache.Bench.HitRate;

/// <summary>Opens a trace file and picks the reader of its format by its name. <c>.gz</c> is unpacked on the way.</summary>
internal static class TraceFile
{
    public const string Formats =
        ".bin: int32 little-endian ids; .lis: the ARC paper's blocks; .oracleGeneral or .oracleGeneral.bin: libCacheSim; " +
        "anything else: text, one key a line. Each also gzip-compressed, with .gz appended.";

    private const int BufferSize = 1 << 16;

    /// <exception cref="InvalidDataException">The file is not what its name says.</exception>
    public static Trace Read(string path, long limit)
    {
        TraceBuilder builder = new(limit);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        string name = Path.GetFileName(path);
        if (HasSuffix(name, ".gz"))
        {
            using GZipStream unpacked = new(file, CompressionMode.Decompress);
            using BufferedStream buffered = new(unpacked, BufferSize);
            Read(buffered, name[..^".gz".Length], builder);
        }
        else
        {
            Read(file, name, builder);
        }

        return builder.Build(NameOf(path));
    }

    /// <summary>Reads a trace, or says in a report why it is skipped.</summary>
    public static Trace? TryRead(Report report, string path, long limit)
    {
        if (!File.Exists(path))
        {
            report.Warn($"{path}: skipped: no such file");
            return null;
        }

        try
        {
            Trace trace = Read(path, limit);
            if (trace.Requests.Length > 0)
            {
                return trace;
            }

            report.Warn($"{path}: skipped: it holds no requests");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            report.Warn($"{path}: skipped: {exception.Message}");
        }

        return null;
    }

    /// <summary>The file's name up to its first dot.</summary>
    public static string NameOf(string path)
    {
        string file = Path.GetFileName(path);
        int dot = file.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? file[..dot] : file;
    }

    private static void Read(Stream stream, string name, TraceBuilder builder)
    {
        if (name.Contains(".oracleGeneral", StringComparison.OrdinalIgnoreCase))
        {
            BinaryTraceReader.ReadOracleGeneral(stream, builder);
        }
        else if (HasSuffix(name, ".bin"))
        {
            BinaryTraceReader.ReadInt32(stream, builder);
        }
        else if (HasSuffix(name, ".lis"))
        {
            TextTraceReader.ReadArc(stream, builder);
        }
        else
        {
            TextTraceReader.ReadKeys(stream, builder);
        }
    }

    private static bool HasSuffix(string name, string suffix) => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
}
