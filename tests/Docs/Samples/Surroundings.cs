namespace FastCache.Tests.Docs.Samples;

/// <summary>What every sample may use without saying where it comes from.</summary>
public static class Surroundings
{
    private static readonly Lock Gate = new();
    private static readonly List<string> Directories = [];

    /// <summary>An empty directory, until the sample has ended.</summary>
    public static string NewDirectory()
    {
        lock (Gate)
        {
            Directories.Add(Directory.CreateTempSubdirectory("fastcache-sample-").FullName);
            return Directories[^1];
        }
    }

    /// <summary>Returns when the condition holds; the test's watchdog ends it else.</summary>
    public static void WaitUntil(Func<bool> condition) => FastCache.Tests.Unit.TestTypes.Wait.Until(condition);

    /// <summary>Deletes what samples have made.</summary>
    internal static void CleanUp()
    {
        lock (Gate)
        {
            Directories.ForEach(static directory => Directory.Delete(directory, recursive: true));
            Directories.Clear();
        }
    }
}
