using System.Globalization;

namespace FastCache.Bench.HitRate;

/// <summary>Traces of lines.</summary>
internal static class TextTraceReader
{
    /// <summary>One key a line, whatever it is made of. Empty lines are skipped.</summary>
    public static void ReadKeys(Stream stream, TraceBuilder builder)
    {
        Dictionary<string, long> ids = new(StringComparer.Ordinal);
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        using StreamReader reader = new(stream);
        while (!builder.IsFull && reader.ReadLine() is { } line)
        {
            ReadOnlySpan<char> key = line.AsSpan().Trim();
            if (key.IsEmpty)
            {
                continue;
            }

            if (!idsBySpan.TryGetValue(key, out long id))
            {
                id = ids.Count;
                ids.Add(key.ToString(), id);
            }

            builder.Add(id);
        }
    }

    /// <summary>The ARC paper's lines "start count ignored number": a request for each of count pages from start.</summary>
    public static void ReadArc(Stream stream, TraceBuilder builder)
    {
        using StreamReader reader = new(stream);
        while (!builder.IsFull && reader.ReadLine() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            string[] fields = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2 || !TryParse(fields[0], out long start) || !TryParse(fields[1], out long count))
            {
                throw new InvalidDataException($"'{line}' is not a line of an ARC trace");
            }

            for (long page = start; page < start + count && !builder.IsFull; page++)
            {
                builder.Add(page);
            }
        }
    }

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
