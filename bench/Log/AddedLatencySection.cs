using System.Diagnostics;
using FastCache.Bench.Latency;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Persistence;

namespace FastCache.Bench.Log;

/// <summary>What a log adds to a write that comes at a pace.</summary>
internal sealed class AddedLatencySection(Report report, LogDirectories directories, int rounds)
{
    private const int Keys = 1 << 16;
    private static readonly TimeSpan TurnLength = TimeSpan.FromSeconds(0.5);
    private static readonly (int ValueSize, int PerSecond)[] Paces = [(100, 300_000), (400, 100_000)];

    public bool Execute()
    {
        report.Progress.Step("log: added latency");
        report.Line();
        report.Line("added latency: Set of a key that is there, by one thread at a pace, with a log (interval) and without one. Of an interrupted");
        report.Line("turn the write that was due meanwhile counts from when it was due.");
        report.Line();
        TextTable table = new(
            report,
            new Column("value", 8),
            new Column("per second", 11),
            new Column("log", 5, IsText: true),
            new Column("p50", 9),
            new Column("p99", 9),
            new Column("p99.9", 9),
            new Column("added p50", 10),
            new Column("B/op", 7));
        table.WriteHeader();
        foreach ((int valueSize, int perSecond) in Paces)
        {
            Measure(table, new LogRecords(Keys, valueSize), perSecond);
        }

        return true;
    }

    private void Measure(TextTable table, LogRecords records, int perSecond)
    {
        string directory = directories.Next();
        CacheLog<Guid, byte[]> log = LoggedCache.Open(directory, LoggedCache.Codecs[^1], 2 * Keys);
        using Cache<Guid, byte[]> plain = new(LoggedCache.CacheOptions(2 * Keys));
        Cache<Guid, byte[]>[] caches = [plain, log.Cache];
        LatencyHistogram[] totals = [new LatencyHistogram(), new LatencyHistogram()];
        List<double>[] medians = [[], []];
        double[] bytes = new double[2];
        foreach (Cache<Guid, byte[]> cache in caches)
        {
            for (int number = 0; number < records.KeyCount; number++)
            {
                cache.Set(records.Key(number), records.Value(number));
            }
        }

        for (int round = -1; round < rounds; round++)
        {
            foreach (int index in TurnOrder.Of([0, 1], round + 1))
            {
                Quiet.Await();
                LatencyHistogram latencies = new();
                double allocated = Pace(caches[index], records, perSecond, latencies);
                if (round >= 0)
                {
                    medians[index].Add(latencies.Quantile(0.5));
                    totals[index].Add(latencies);
                    bytes[index] = allocated;
                }
            }
        }

        double added = medians[1].Zip(medians[0], static (with, without) => with - without).Order().ElementAt(rounds / 2);
        for (int index = 0; index < caches.Length; index++)
        {
            LatencyHistogram total = totals[index];
            string name = index == 0 ? "no" : "yes";
            table.Row(
                Format.Count(records.ValueSize),
                Format.Count(perSecond),
                name,
                Format.Duration(total.Quantile(0.5)),
                Format.Duration(total.Quantile(0.99)),
                Format.Duration(total.Quantile(0.999)),
                index == 0 ? "" : Format.Duration(added),
                Format.Fixed(bytes[index], 2));
            report.Add(new Measurement
            {
                { "verb", "log" },
                { "workload", "added_latency" },
                { "value_size", records.ValueSize },
                { "per_second", perSecond },
                { "contestant", index == 0 ? "without a log" : "interval" },
                { "metric", "set_p50" },
                { "value", total.Quantile(0.5) },
                { "unit", "ns" },
                { "p99", total.Quantile(0.99) },
                { "p99.9", total.Quantile(0.999) },
                { "added_p50", index == 0 ? 0 : added },
                { "bytes_per_op", bytes[index] },
            });
        }

        LoggedCache.Close(log);
        LogDirectories.Delete(directory);
    }

    /// <summary>Writes at a pace; how many bytes the thread allocated for each write.</summary>
    private static double Pace(Cache<Guid, byte[]> cache, LogRecords records, int perSecond, LatencyHistogram latencies)
    {
        OpenPace pace = new(Stopwatch.Frequency / perSecond);
        int writes = (int)(TurnLength.TotalSeconds * perSecond);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int number = 0; number < writes; number++)
        {
            long start = pace.AwaitNext();
            cache.Set(records.Key(number * 7), records.Value(number));
            latencies.Record(Nanoseconds(Stopwatch.GetTimestamp() - start));
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)writes;
    }

    private static long Nanoseconds(long ticks) => ticks * (1_000_000_000 / Stopwatch.Frequency);
}
