using System.Globalization;

namespace FastCache.Bench.Log;

/// <summary>Directories for logs, of which each is used once and deleted.</summary>
internal sealed class LogDirectories(string root)
{
    private int _count;

    public string Next() => Path.Combine(root, (++_count).ToString(CultureInfo.InvariantCulture));

    public static void Delete(string directory) => Directory.Delete(directory, recursive: true);

    public static long SizeOf(string directory) => new DirectoryInfo(directory).EnumerateFiles("*.seg").Sum(static file => file.Length);
}
