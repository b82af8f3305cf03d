using System.Diagnostics;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Persistence;
using FastCache.Persistence.Storage;

namespace FastCache.Bench.Log;

/// <summary>How callers who wait for their writes to be durable share the disk.</summary>
internal sealed class DurableSection(Report report, LogDirectories directories, int rounds)
{
    private const int Keys = 1 << 12;
    private const int ValueSize = 100;
    private static readonly TimeSpan TurnLength = TimeSpan.FromSeconds(0.5);
    private static readonly int[] Callers = [1, 8, 64];

    private readonly record struct Turn(double PerSecond, double SyncsPerWrite, double DiskPerSecond);

    public bool Execute()
    {
        report.Progress.Step("log: durable writes");
        report.Line();
        report.Line($"durable: callers who await SetAsync of {ValueSize} bytes, and one thread that calls Set with EveryWrite; beside it a file that");
        report.Line("is written and synced as often as it can be, 100 bytes at a time.");
        report.Line();
        TextTable table = new(
            report,
            new Column("callers", 22, IsText: true),
            new Column("writes/s", 10),
            new Column("syncs/write", 12),
            new Column("to write and sync alone", 26));
        table.WriteHeader();
        LogRecords records = new(Keys, ValueSize);
        bool isValid = Measure(table, "1, Set, EveryWrite", callers: 0, records);
        foreach (int callers in Callers)
        {
            isValid &= Measure(table, $"{callers}, SetAsync", callers, records);
        }

        return isValid;
    }

    private bool Measure(TextTable table, string name, int callers, LogRecords records)
    {
        List<Turn> turns = [];
        bool isValid = true;
        for (int round = -1; round < rounds; round++)
        {
            string directory = directories.Next();
            LogDurability durability = callers == 0 ? LogDurability.EveryWrite : LogDurability.Interval;
            CacheLog<Guid, byte[]> log = LoggedCache.Open(directory, LoggedCache.Codecs[^1], 2 * Keys, durability);
            Quiet.Await();
            long syncs = log.Statistics.Syncs;
            long start = Stopwatch.GetTimestamp();
            long writes = callers == 0 ? WriteInline(log, records, start) : WriteAsync(log, records, callers, start).GetAwaiter().GetResult();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            syncs = log.Statistics.Syncs - syncs;
            isValid &= log.Statistics.Records == writes;
            LoggedCache.Close(log);
            LogDirectories.Delete(directory);
            if (round >= 0)
            {
                turns.Add(new Turn(writes / seconds, syncs / (double)writes, WriteAndSyncAlone()));
            }
        }

        double perSecond = Spread.Of(turns.Select(static turn => turn.PerSecond)).Median;
        double syncsPerWrite = Spread.Of(turns.Select(static turn => turn.SyncsPerWrite)).Median;
        Spread toDisk = Spread.OfRatios(turns.Select(static turn => turn.PerSecond), turns.Select(static turn => turn.DiskPerSecond));
        table.Row(isValid ? name : $"{name} INVALID", Format.Count((long)perSecond), Format.Fixed(syncsPerWrite, 3), toDisk.ToString());
        report.Add(new Measurement
        {
            { "verb", "log" },
            { "workload", "durable" },
            { "contestant", name },
            { "metric", "durable_rate" },
            { "value", perSecond },
            { "unit", "writes/s" },
            { "syncs_per_write", syncsPerWrite },
            { "disk", toDisk },
            { "valid", isValid },
        });
        return isValid;
    }

    private static long WriteInline(CacheLog<Guid, byte[]> log, LogRecords records, long start)
    {
        int number = 0;
        while (Stopwatch.GetElapsedTime(start) < TurnLength)
        {
            log.Cache.Set(records.Key(number), records.Value(number));
            number++;
        }

        return number;
    }

    private static async Task<long> WriteAsync(CacheLog<Guid, byte[]> log, LogRecords records, int callers, long start)
    {
        Task<long>[] tasks = new Task<long>[callers];
        for (int caller = 0; caller < callers; caller++)
        {
            int first = caller * 1000;
            tasks[caller] = Task.Run(async () =>
            {
                int number = 0;
                while (Stopwatch.GetElapsedTime(start) < TurnLength)
                {
                    await log.SetAsync(records.Key(first + number), records.Value(number)).ConfigureAwait(false);
                    number++;
                }

                return (long)number;
            });
        }

        return (await Task.WhenAll(tasks).ConfigureAwait(false)).Sum();
    }

    private double WriteAndSyncAlone()
    {
        string directory = directories.Next();
        FileStorage.Open(directory, out FileStorage? storage);
        storage!.Create("alone", 1 << 20, out IStorageFile? file);
        byte[] bytes = new byte[ValueSize];
        long start = Stopwatch.GetTimestamp();
        int writes = 0;
        while (Stopwatch.GetElapsedTime(start) < TurnLength / 2)
        {
            file!.Write(writes * (long)ValueSize, bytes);
            file.Sync();
            writes++;
        }

        double perSecond = writes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        file!.Dispose();
        storage.Dispose();
        LogDirectories.Delete(directory);
        return perSecond;
    }
}
