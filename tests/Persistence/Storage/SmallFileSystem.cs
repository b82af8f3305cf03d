using System.Diagnostics;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

/// <summary>A file system in memory that fills up soon. Only root can mount one: without, the test is skipped.</summary>
internal sealed class SmallFileSystem : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly bool _mounted;

    public SmallFileSystem(int bytes)
    {
        _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "fastcache", Path);
        if (!_mounted)
        {
            Dispose();
            Assert.Skip("No tmpfs can be mounted here.");
        }
    }

    public string Path => _directory.Path;

    public void Dispose()
    {
        if (_mounted)
        {
            Assert.True(Run("umount", Path), $"umount {Path}");
        }

        _directory.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
