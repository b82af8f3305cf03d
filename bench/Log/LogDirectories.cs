using System.Globalization;

namespace FastCache.Bench.Log;

/// <summary>Directories for logs, of which each is used once and deleted.</summary>
internal sealed class LogDirectories(string root)
{
    private int _count;

    public string Next() => Path.Combine(root, (++_count).ToString(CultureInfo.InvariantCulture));

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
