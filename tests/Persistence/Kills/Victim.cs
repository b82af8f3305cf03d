using System.Diagnostics;
using FastCache.Persistence;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>The process that a test has started: what it does in there.</summary>
internal static class Victim
{
    /// <summary>The argument that makes the program of the tests this process.</summary>
    public const string Switch = "--victim";

    public static int Run(string[] arguments)
    {
        VictimSetup setup = VictimSetup.Parse(arguments);
        if (setup.Task == VictimTask.Work)
        {
            EndWithTheTest();
        }

        using var report = new VictimReport();
        report.Write(VictimReport.IsOpening);
        CacheLog<int, string> log = setup.OpenAsync().AsTask().GetAwaiter().GetResult();
        report.Write(VictimReport.IsOpen);
        if (setup.Task == VictimTask.Hold)
        {
            AwaitEndOfInput();
            log.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return 0;
        }

        long counter = setup.FirstCounter;
        Crew.Run(
            VictimSetup.Threads,
            thread => new VictimWorker(log, setup, thread, report).Run(() => Interlocked.Increment(ref counter)));
        return 1;
    }

    /// <summary>However the test ends, its pipe does: nothing is left behind.</summary>
    private static void EndWithTheTest()
    {
        var watcher = new Thread(static () =>
        {
            AwaitEndOfInput();
            using var self = Process.GetCurrentProcess();
            self.Kill();
        })
        { IsBackground = true };
        watcher.Start();
    }

    private static void AwaitEndOfInput()
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }
    }
}
