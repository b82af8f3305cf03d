using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>A process whose every so manieth <c>fsync</c> is made to fail by <c>strace</c>, and which is then killed.</summary>
public sealed class FailingDiskTests(ITestOutputHelper output)
{
    private const int Lines = 400;

    [Theory]
    [InlineData((int)LogDurability.EveryWrite, 23)]
    [InlineData((int)LogDurability.Interval, 17)]
    public async Task What_was_acknowledged_is_there_though_syncs_have_failed(int durability, int period)
    {
        RequireTracer();
        using var directory = new TemporaryDirectory();
        string trace = Path.Combine(Path.GetTempPath(), $"fastcache-{Environment.ProcessId}-{period}.trace");
        var setup = new VictimSetup(VictimTask.Work, directory.Path, (LogDurability)durability, BlockSize: 512, Seed: period, FirstCounter: 1);
        var history = new KillHistory();
        try
        {
            string inject = string.Create(CultureInfo.InvariantCulture, $"inject=fsync:error=EIO:when={period}+{period}");
            using (var child = ChildProcess.Start(setup, "strace", "-f", "-qq", "-o", trace, "-e", "trace=fsync", "-e", inject))
            {
                for (int read = 0; read < Lines; read++)
                {
                    KilledProcessTests.Add(await child.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw await child.FailureAsync("It has ended by itself"), history);
                }

                child.CloseInput();
                while (await child.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                {
                    KilledProcessTests.Add(line, history);
                }

                await child.AwaitExitAsync(TestContext.Current.CancellationToken);
            }

            history.ProcessEnded();
            int failures = File.ReadLines(trace).Count(static line => line.Contains("(INJECTED)", StringComparison.Ordinal));
            output.WriteLine($"{failures} syncs have failed, {history.Acknowledged} operations were acknowledged.");
            Assert.True(failures > 1 && history.Acknowledged > failures, $"{failures} failures, {history.Acknowledged} acknowledged");
            await KilledProcessTests.CheckAsync(setup, history);
        }
        finally
        {
            File.Delete(trace);
        }
    }

    private static void RequireTracer()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("strace", ["-qq", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.SkipUnless(process.ExitCode == 0, "strace may not trace here.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no strace here.");
        }
    }
}
