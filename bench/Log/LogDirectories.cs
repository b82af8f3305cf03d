using System.Globalization;

namespace FastCache.Bench.Log;

/// <summary>Directories for logs, of which each is used once and deleted, at the latest with this.</summary>
/// <param name="parent">Where they are; null: where temporary files are.</param>
internal sealed class LogDirectories(string? parent = null) : IDisposable
{
    private readonly string _root = Path.Combine(parent ?? Path.GetTempPath(), $"fastcache-bench-{Environment.ProcessId}");
    private int _count;

    public string Next() => Path.Combine(_root, (++_count).ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    public static void Delete(string directory) => Directory.Delete(directory, recursive: true);

    /// <summary>Bytes of the segments; one that is deleted meanwhile has none.</summary>
    public static long SizeOf(string directory)
    {
        long size = 0;
        foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles("*.seg"))
        {
            try
            {
                size += file.Length;
            }
            catch (FileNotFoundException)
            {
                // It has gone.
            }
        }

        return size;
    }
}
