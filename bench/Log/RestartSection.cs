using System.Diagnostics;
using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;
using FastCache.Persistence.Storage;

namespace FastCache.Bench.Log;

/// <summary>How long a restart takes: until the newest entry is served, until all are there, and what reading the log alone takes.</summary>
internal sealed class RestartSection(Report report, LogDirectories directories, IReadOnlyList<int> valueSizes, int rounds, int megabytes)
{
    private readonly record struct Turn(double ScanSeconds, double FirstSeconds, double AllSeconds);

    public bool Execute()
    {
        report.Progress.Step("log: restart");
        report.Line();
        report.Line($"restart: of a log with {megabytes} MB of records of different keys, in the page cache. scan: reading, checking, decoding and");
        report.Line("parsing all of it on one thread; first: from the call of OpenAsync until the newest entry is served; all: until Restored.");
        report.Line();
        TextTable table = new(
            report,
            new Column("value", 8),
            new Column("codec", 6, IsText: true),
            new Column("log MB", 8),
            new Column("scan GB/s", 10),
            new Column("first", 9),
            new Column("all", 9),
            new Column("records/s", 11),
            new Column("MB/s", 8));
        table.WriteHeader();
        bool isValid = true;
        foreach (int size in valueSizes)
        {
            foreach (IBlockCodec codec in LoggedCache.Codecs)
            {
                isValid &= Measure(table, size, codec);
            }
        }

        return isValid;
    }

    private bool Measure(TextTable table, int valueSize, IBlockCodec codec)
    {
        int count = (int)(megabytes * 1_000_000L / valueSize);
        int capacity = count + (count / 8);
        string directory = Write(valueSize, codec, count, capacity, out Guid newest);
        long rawBytes = 0;
        double diskBytes = LogDirectories.SizeOf(directory);
        List<Turn> turns = [];
        bool isValid = true;
        int timed = Math.Min(rounds, 3);
        for (int round = 0; round < timed; round++)
        {
            Quiet.Await();
            double scanSeconds = Scan(directory, codec, out rawBytes, out long records);
            isValid &= records == count;
            GC.Collect();
            Quiet.Await();
            long start = Stopwatch.GetTimestamp();
            CacheLog<Guid, byte[]> log = LoggedCache.Open(directory, codec, capacity, startsSmall: true);
            while (!log.Cache.ContainsKey(newest) && !log.Restored.IsCompleted)
            {
                Thread.Yield();
            }

            double firstSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            RecoveryReport recovery = log.Restored.GetAwaiter().GetResult();
            double allSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            isValid &= recovery.Restored + recovery.NoRoom == count && log.Cache.ContainsKey(newest);
            LoggedCache.Close(log);
            turns.Add(new Turn(scanSeconds, firstSeconds, allSeconds));
        }

        LogDirectories.Delete(directory);
        Add(table, valueSize, codec, count, rawBytes, diskBytes, turns, isValid);
        return isValid;
    }

    private void Add(
        TextTable table, int valueSize, IBlockCodec codec, int count, long rawBytes, double diskBytes, List<Turn> turns, bool isValid)
    {
        double scan = rawBytes / Spread.Of(turns.Select(static turn => turn.ScanSeconds)).Median / 1e9;
        double first = Spread.Of(turns.Select(static turn => turn.FirstSeconds)).Median;
        double all = Spread.Of(turns.Select(static turn => turn.AllSeconds)).Median;
        table.Row(
            Format.Count(valueSize),
            LoggedCache.NameOf(codec),
            Format.Fixed(diskBytes / 1e6, 0),
            Format.Fixed(scan, 2),
            Format.Duration(first * 1e9),
            isValid ? Format.Duration(all * 1e9) : "INVALID",
            Format.Count((long)(count / all)),
            Format.Fixed(rawBytes / all / 1e6, 0));
        report.Add(new Measurement
        {
            { "verb", "log" },
            { "workload", "restart" },
            { "value_size", valueSize },
            { "contestant", LoggedCache.NameOf(codec) },
            { "metric", "restart_time" },
            { "value", all },
            { "unit", "s" },
            { "first_served", first },
            { "scan_gigabytes_per_second", scan },
            { "records", count },
            { "raw_bytes", rawBytes },
            { "disk_bytes", diskBytes },
            { "valid", isValid },
        });
    }

    private string Write(int valueSize, IBlockCodec codec, int count, int capacity, out Guid newest)
    {
        LogRecords values = new(1, valueSize);
        string directory = directories.Next();
        CacheLog<Guid, byte[]> log = LoggedCache.Open(directory, codec, capacity);
        newest = default;
        for (int number = 0; number < count; number++)
        {
            newest = KeyOf(number);
            log.Cache.Set(newest, values.Value(number));
        }

        log.FlushAsync().AsTask().GetAwaiter().GetResult();
        LoggedCache.Close(log);
        return directory;
    }

    /// <summary>Reads all blocks as a restart does, but restores nothing; how many records there were, and their bytes.</summary>
    private static double Scan(string directory, IBlockCodec codec, out long bytes, out long records)
    {
        FileStorage.Open(directory, out FileStorage? storage);
        long start = Stopwatch.GetTimestamp();
        LogScan.Read(storage!, out LogScan scan);
        BlockDecoder decoder = new(codec);
        (bytes, records) = (0, 0);
        ulong digests = 0;
        for (int block = scan.Blocks.Count - 1; block >= 0; block--)
        {
            using MemoryOwner<byte> content = decoder.Read(scan.Blocks[block])!;
            RecordReader reader = new(content.Span);
            while (reader.TryRead(out RecordView record))
            {
                digests ^= record.KeyDigest;
                records++;
            }

            bytes += content.Length;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(digests);
        scan.Dispose();
        storage!.Dispose();
        return seconds;
    }

    private static Guid KeyOf(int number) => new(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
}
