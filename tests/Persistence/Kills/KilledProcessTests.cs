using System.Globalization;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>
/// A process that writes to a cache from several threads is killed, at moments that a seed chooses, while it opens, restores and writes:
/// what it had reported as acknowledged is there or newer, and nothing of which the removal was acknowledged comes back.
/// </summary>
/// <remarks>
/// <c>FASTCACHE_KILL_ROUNDS=1000</c> kills more often; <c>FASTCACHE_KILL_SEED</c> chooses the moments. The seed of a failure is printed; it
/// repeats what is done, not how the threads meet.
/// </remarks>
public sealed class KilledProcessTests(ITestOutputHelper output)
{
    private const int DefaultRounds = 30;
    private const int RoundsPerDirectory = 6;
    private const int MaxLines = 800;

    // For a process that reports nothing any more; far beyond what any number of rounds takes that somebody waits for.
    private const int Watchdog = 1_800_000;

    private static readonly LogDurability[] Durabilities = [LogDurability.Interval, LogDurability.EveryWrite, LogDurability.None];

    [Fact(Timeout = Watchdog)]
    public async Task What_a_killed_process_had_acknowledged_is_there_or_newer_and_nothing_removed_returns()
    {
        int rounds = (int)Switch.Number("FASTCACHE_KILL_ROUNDS", DefaultRounds);
        int seed = (int)Switch.Number("FASTCACHE_KILL_SEED", Environment.ProcessId);
        output.WriteLine($"FASTCACHE_KILL_SEED={seed}");
        var random = new SplitMix(seed);
        long acknowledged = 0;
        for (int round = 0; round < rounds; round += RoundsPerDirectory)
        {
            LogDurability durability = Durabilities[round / RoundsPerDirectory % Durabilities.Length];
            acknowledged += await RunInOneDirectoryAsync(Math.Min(RoundsPerDirectory, rounds - round), durability, random.Next(1 << 20));
        }

        output.WriteLine($"{rounds} processes killed, {acknowledged} operations acknowledged.");
        Assert.True(acknowledged > rounds);
    }

    private async Task<long> RunInOneDirectoryAsync(int rounds, LogDurability durability, int seed)
    {
        using var directory = new TemporaryDirectory();
        var history = new KillHistory();
        var random = new SplitMix(seed);
        for (int round = 0; round < rounds; round++)
        {
            int blockSize = random.Next(2) == 0 ? 256 : 8192;
            int lines = random.Next(5) == 0 ? random.Next(4) : random.Next(MaxLines);
            var setup = new VictimSetup(
                VictimTask.Work, directory.Path, durability, blockSize, random.Next(1 << 20), history.LastCounter + 1);
            output.WriteLine($"{setup}, killed after {lines} lines");
            await KillAfterAsync(lines, setup, history);

            // Sometimes it is the next victim that opens the log.
            if (random.Next(3) > 0 || round == rounds - 1)
            {
                await CheckAsync(setup, history);
            }
        }

        return history.Acknowledged;
    }

    private static async Task KillAfterAsync(int lines, VictimSetup setup, KillHistory history)
    {
        using var child = ChildProcess.Start(setup);
        for (int read = 0; read < lines; read++)
        {
            string line = await child.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw await child.FailureAsync("It has ended by itself");
            Add(line, history);
        }

        child.Kill();

        // What it had reported before counts, read or not.
        while (await child.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            Add(line, history);
        }

        await child.AwaitExitAsync(TestContext.Current.CancellationToken);
        history.ProcessEnded();
    }

    internal static void Add(string line, KillHistory history)
    {
        if (line is not (VictimReport.IsOpening or VictimReport.IsOpen))
        {
            history.Add(line);
        }
    }

    internal static async Task CheckAsync(VictimSetup setup, KillHistory history)
    {
        await using CacheLog<int, string> log = await setup.OpenAsync();
        RecoveryReport report = await log.Restored;
        Assert.True(report is { Missing: 0, Doubtful: 0, Faulted: 0, NoRoom: 0 }, $"{report}");
        for (int key = 0; key < VictimSetup.Keys; key++)
        {
            long counter = 0;
            if (log.Cache.TryPeek(key, out string? value))
            {
                string[] parts = value.Split(':');
                Assert.Equal(key, int.Parse(parts[0], CultureInfo.InvariantCulture));
                counter = long.Parse(parts[1], CultureInfo.InvariantCulture);
                Assert.Equal(VictimWorker.ValueOf(key, counter, parts[2].Length), value);
            }

            string? fault = history.FaultOf(key, counter);
            Assert.True(fault is null, fault);
            history.GoOnFrom(key, counter);
        }

        Assert.All(log.Cache, static entry => Assert.InRange(entry.Key, 0, VictimSetup.Keys - 1));
    }
}
