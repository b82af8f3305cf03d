using System.Buffers.Binary;
using System.IO.Compression;

namespace FastCache.Bench.HitRate;

/// <summary>A trace that knows how many bytes each request is for.</summary>
internal sealed record SizedTrace(Trace Trace, int[] Sizes)
{
    /// <summary>What all keys take together, each with the size of its first request.</summary>
    public long DistinctBytes
    {
        get
        {
            long bytes = 0;
            int seen = 0;
            for (int position = 0; position < Trace.Requests.Length; position++)
            {
                // Keys are numbered in the order of their first use.
                if (Trace.Requests[position] == seen)
                {
                    bytes += Sizes[position];
                    seen++;
                }
            }

            return bytes;
        }
    }

    /// <summary>Reads a trace, and the sizes of its requests as int32 little-endian.</summary>
    /// <exception cref="InvalidDataException">A file is not what its name says, or they do not belong together.</exception>
    public static SizedTrace Read(string path, string sizesPath, long limit)
    {
        Trace trace = TraceFile.Read(path, limit);
        using FileStream file = new(sizesPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        using Stream stream = sizesPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        int[] sizes = new int[trace.Requests.Length];
        byte[] bytes = new byte[sizes.Length * sizeof(int)];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException($"it has fewer sizes than {path} has requests");
        }

        for (int position = 0; position < sizes.Length; position++)
        {
            sizes[position] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(position * sizeof(int)));
            if (sizes[position] < 0)
            {
                throw new InvalidDataException($"size {position} is negative");
            }
        }

        return new SizedTrace(trace, sizes);
    }
}
