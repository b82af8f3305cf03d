using System.Diagnostics;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;

namespace FastCache.Bench.Log;

/// <summary>How many records a log takes in a second from one thread that does nothing but write.</summary>
internal sealed class AppendSection(Report report, LogDirectories directories, IReadOnlyList<int> valueSizes, int rounds, int megabytes)
{
    private const int Keys = 1 << 16;

    private readonly record struct Turn(double Seconds, double DiskBytes);

    public bool Execute()
    {
        report.Progress.Step("log: append");
        report.Line();
        report.Line($"append: one thread sets keys that are there, {megabytes} MB a turn, synced at the end. Beside it the codec alone, and a");
        report.Line("file that is written in pieces of 2 MiB and synced, with as many bytes as the log has in the end.");
        report.Line();
        TextTable table = new(
            report,
            new Column("value", 8),
            new Column("codec", 6, IsText: true),
            new Column("records/s", 11),
            new Column("MB/s", 8),
            new Column("disk B/record", 14),
            new Column("to the codec alone", 22),
            new Column("to the disk alone", 22));
        table.WriteHeader();
        bool isValid = true;
        foreach (int size in valueSizes)
        {
            isValid &= Measure(table, new LogRecords(Keys, size));
        }

        return isValid;
    }

    private bool Measure(TextTable table, LogRecords records)
    {
        int count = (int)(megabytes * 1_000_000L / records.ValueSize);
        Dictionary<IBlockCodec, List<Turn>> turns = LoggedCache.Codecs.ToDictionary(static codec => codec, static _ => new List<Turn>());
        Dictionary<IBlockCodec, List<double>> disk = LoggedCache.Codecs.ToDictionary(static codec => codec, static _ => new List<double>());
        List<double> encoder = [];
        bool isValid = true;
        for (int round = -1; round < rounds; round++)
        {
            double encodeSeconds = EncodeAlone(records, count);
            foreach (IBlockCodec codec in TurnOrder.Of(LoggedCache.Codecs, round + 1))
            {
                Turn turn = Append(records, codec, count, ref isValid);
                double diskSeconds = WriteAlone((long)(turn.DiskBytes * count));
                if (round >= 0)
                {
                    turns[codec].Add(turn);
                    disk[codec].Add(diskSeconds);
                }
            }

            if (round >= 0)
            {
                encoder.Add(encodeSeconds);
            }
        }

        foreach (IBlockCodec codec in LoggedCache.Codecs)
        {
            double[] seconds = [.. turns[codec].Select(static turn => turn.Seconds)];
            double median = Spread.Of(seconds).Median;
            double rate = count / median;
            double diskBytes = Spread.Of(turns[codec].Select(static turn => turn.DiskBytes)).Median;
            Spread toEncoder = Spread.OfRatios(encoder, seconds);
            Spread toDisk = Spread.OfRatios(disk[codec], seconds);
            table.Row(
                Format.Count(records.ValueSize),
                LoggedCache.NameOf(codec),
                Format.Count((long)rate),
                Format.Fixed(rate * records.ValueSize / 1e6, 0),
                Format.Fixed(diskBytes, 1),
                codec is StoredRaw ? "" : toEncoder.ToString(),
                toDisk.ToString());
            report.Add(new Measurement
            {
                { "verb", "log" },
                { "workload", "append" },
                { "value_size", records.ValueSize },
                { "contestant", LoggedCache.NameOf(codec) },
                { "metric", "append_rate" },
                { "value", rate },
                { "unit", "records/s" },
                { "disk_bytes_per_record", diskBytes },
                { "disk", toDisk },
                { "valid", isValid },
            });
        }

        if (!isValid)
        {
            report.Warn("INVALID: the log has not taken all records.");
        }

        return isValid;
    }

    private Turn Append(LogRecords records, IBlockCodec codec, int count, ref bool isValid)
    {
        string directory = directories.Next();
        CacheLog<Guid, byte[]> log = LoggedCache.Open(directory, codec, 2 * Keys);
        Fill(log, records);
        Quiet.Await();
        long start = Stopwatch.GetTimestamp();
        for (int number = 0; number < count; number++)
        {
            log.Cache.Set(records.Key(number * 7), records.Value(number));
        }

        log.FlushAsync().AsTask().GetAwaiter().GetResult();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        CacheLogStatistics statistics = log.Statistics;

        // At least: the log also writes down again what is needed of old segments, and goes on with that behind the flush.
        isValid &= !statistics.IsDegraded && statistics.Records >= count + records.KeyCount;

        // Of the directory some has gone again: most of what was written is out of date.
        double diskBytes = (double)statistics.StoredBytes / statistics.Records;
        LoggedCache.Close(log);
        LogDirectories.Delete(directory);
        return new Turn(seconds, diskBytes);
    }

    private static void Fill(CacheLog<Guid, byte[]> log, LogRecords records)
    {
        for (int number = 0; number < records.KeyCount; number++)
        {
            log.Cache.Set(records.Key(number), records.Value(number));
        }

        log.FlushAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>What the compression of as many bytes takes, without anything else.</summary>
    private static double EncodeAlone(LogRecords records, int count)
    {
        const int BlockSize = 64 << 10;
        byte[] block = new byte[BlockSize];
        byte[] encoded = new byte[BlockSize];
        long start = Stopwatch.GetTimestamp();
        int used = 0;
        for (int number = 0; number < count; number++)
        {
            ReadOnlySpan<byte> value = records.Value(number);
            if (used + value.Length > BlockSize)
            {
                LoggedCache.Codecs[^1].Encode(block.AsSpan(0, used), encoded);
                used = 0;
            }

            value.CopyTo(block.AsSpan(used));
            used += value.Length;
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>What the disk takes for as many bytes.</summary>
    private double WriteAlone(long length)
    {
        const int Piece = 2 << 20;
        string directory = directories.Next();
        FileStorage.Open(directory, out FileStorage? storage);
        storage!.Create(SegmentName.Of(1), length, out IStorageFile? file);
        byte[] bytes = new byte[Piece];
        new Random(1).NextBytes(bytes);
        long start = Stopwatch.GetTimestamp();
        for (long offset = 0; offset < length; offset += Piece)
        {
            file!.Write(offset, bytes.AsSpan(0, (int)Math.Min(Piece, length - offset)));
        }

        file!.Sync();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        file.Dispose();
        storage.Dispose();
        LogDirectories.Delete(directory);
        return seconds;
    }
}
