using System.Globalization;
using System.Text;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;

namespace FastCache.Tests.Persistence.Format.Golden;

/// <summary>
/// The files of a log as text: a line with each file's name, then its bytes in hexadecimal, 32 a line, behind their offset. What follows a
/// number sign is for people.
/// </summary>
internal static class GoldenFile
{
    public const string Extension = ".log.txt";
    private const int BytesPerLine = 32;
    private const string FilePrefix = "file ";

    public static string ToText(GoldenLog golden, SimulatedStorage storage)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {golden.Says}\n# Written by GoldenLogs.cs; described in docs/design/log-format.md.\n");
        storage.List(out IReadOnlyList<string> names);
        foreach (string name in names)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{FilePrefix}{name}\n");
            Append(text, storage.Bytes(name));
        }

        return text.ToString();
    }

    public static SimulatedStorage Read(string text)
    {
        var files = new List<(string Name, List<byte> Bytes)>();
        foreach (string line in text.Split('\n').Select(static line => line.Split('#')[0].Trim()))
        {
            if (line.StartsWith(FilePrefix, StringComparison.Ordinal))
            {
                files.Add((line[FilePrefix.Length..], []));
            }
            else if (line.Length > 0)
            {
                files[^1].Bytes.AddRange(Convert.FromHexString(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
            }
        }

        using var storage = new SimulatedStorage();
        foreach ((string name, List<byte> bytes) in files)
        {
            storage.Create(name, bytes.Count, out FastCache.Persistence.Storage.IStorageFile? file);
            file!.Dispose();
            storage.Replace(name, [.. bytes]);
        }

        return new SimulatedStorage(storage.Snapshot());
    }

    private static void Append(StringBuilder text, byte[] bytes)
    {
        uint salt = 0;
        for (int offset = 0; offset < bytes.Length; offset += BytesPerLine)
        {
            if (offset == 0 && SegmentHeader.TryRead(bytes, out SegmentHeader segment))
            {
                salt = segment.Salt;
                text.Append(CultureInfo.InvariantCulture, $"# first {segment.FirstSequence}, previous {segment.PreviousSequence}, floor {segment.FloorSequence}, durable {segment.DurableSequence}\n");
            }
            else if (offset % LogFormat.Alignment == 0 && BlockHeader.TryRead(bytes.AsSpan(offset), salt, offset, out BlockHeader block))
            {
                text.Append(CultureInfo.InvariantCulture, $"# kind {(byte)block.Kind}, codec {block.Codec}, records from {block.FirstSequence} on: {block.RecordCount}, stored {block.StoredLength} of {block.RawLength}, durable {block.DurableSequence}\n");
            }

            ReadOnlySpan<byte> line = bytes.AsSpan(offset, Math.Min(BytesPerLine, bytes.Length - offset));
            text.Append(CultureInfo.InvariantCulture, $"{offset:X4} {Convert.ToHexString(line)}\n");
        }
    }
}
