using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Bench.Workloads;
using FastCache.Persistence;

namespace FastCache.Bench.Log;

/// <summary>How large a log becomes under overwrites without end, and how much more it writes than it is given.</summary>
internal sealed class OverwriteSection(Report report, LogDirectories directories, bool isQuick)
{
    private const int Keys = 100_000;
    private const int WritesPerSecond = 2_000;
    private const int ValueSize = 200;
    private const int SegmentSize = 4 << 20;
    private const int MaxLogSize = 64 << 20;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private enum Mix
    {
        Uniform,
        Zipf,
        Expiring,
        TooLarge,
    }

    private readonly record struct Outcome(long Most, long Given, long Written, CacheLogStatistics Statistics);

    public bool Execute()
    {
        TimeSpan span = isQuick ? Hour / 10 : Hour;
        report.Progress.Step("log: overwrites");
        report.Line();
        report.Line($"overwrites: {span.TotalMinutes:0} minutes of {WritesPerSecond} writes a second of values of {ValueSize} B to {Keys} keys, by a clock that is set on.");
        report.Line($"Segments of {SegmentSize >> 20} MiB, {MaxLogSize >> 20} MiB at most. Most: of the directory, at any second. Written/given: what the log has written over what");
        report.Line("it was given. Expiring: values that expire after one to ten minutes. Too large: ten times the keys, of which the log cannot hold all.");
        report.Line();
        TextTable table = new(
            report,
            new Column("overwrites", 10, IsText: true),
            new Column("given MB", 9),
            new Column("on disk MB", 10),
            new Column("most MiB", 9),
            new Column("written/given", 13),
            new Column("copied", 9),
            new Column("segments", 9),
            new Column("forgotten", 9),
            new Column("back", 9));
        table.WriteHeader();
        bool isValid = true;
        foreach (Mix mix in Enum.GetValues<Mix>())
        {
            isValid &= Measure(table, mix, span);
        }

        return isValid;
    }

    private bool Measure(TextTable table, Mix mix, TimeSpan span)
    {
        string directory = directories.Next();
        SteppedTimeProvider time = new();
        int keys = mix == Mix.TooLarge ? 10 * Keys : Keys;
        Outcome outcome = Write(directory, time, mix, keys, span, out int live);
        (CacheLog<int, byte[]> log, RecoveryReport recovery) = Reopen(directory, time, keys);
        long back = recovery.Restored;
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        LogDirectories.Delete(directory);

        double amplification = (double)outcome.Written / outcome.Given;
        bool isValid = outcome.Most <= MaxLogSize + SegmentSize && amplification <= 2
            && (outcome.Statistics.ForgottenSegments > 0 || back == live) && recovery.Missing == 0;
        table.Row(
            mix.ToString(),
            Format.Fixed(outcome.Given / 1e6, 0),
            Format.Fixed(outcome.Statistics.StoredBytes / 1e6, 0),
            Format.Fixed(outcome.Most / (double)(1 << 20), 1),
            isValid ? Format.Fixed(amplification, 2) : "INVALID",
            Format.Count(outcome.Statistics.Copied),
            Format.Count(outcome.Statistics.Segments),
            Format.Count(outcome.Statistics.ForgottenSegments),
            Format.Count(back));
        report.Add(new Measurement
        {
            { "verb", "log" },
            { "workload", $"overwrites_{mix}" },
            { "contestant", "FastCache" },
            { "metric", "write_amplification" },
            { "value", amplification },
            { "unit", "ratio" },
            { "given_bytes", outcome.Given },
            { "most_bytes", outcome.Most },
            { "limit_bytes", (long)MaxLogSize },
            { "restored", back },
            { "valid", isValid },
        });
        return isValid;
    }

    private static Outcome Write(string directory, SteppedTimeProvider time, Mix mix, int keys, TimeSpan span, out int live)
    {
        CacheLog<int, byte[]> log = Open(directory, time, keys);
        LogRecords records = new(1, ValueSize);
        SplitMix64 random = new(1);
        ZipfSampler ranks = new(keys);
        long most = 0;
        for (int second = 0; second < span.TotalSeconds; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            for (int write = 0; write < WritesPerSecond; write++)
            {
                int key = mix == Mix.Zipf ? (int)ranks.Next(ref random) : (int)random.NextBelow(keys);
                EntryOptions life = mix == Mix.Expiring
                    ? new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(60 + random.NextBelow(540)) }
                    : default;
                log.Cache.Set(key, records.Value((second * WritesPerSecond) + write), life);
            }

            // What the timers would do.
            log.Cache.TrimExpired();
            log.FlushAsync().AsTask().GetAwaiter().GetResult();
            most = Math.Max(most, LogDirectories.SizeOf(directory));
        }

        live = (int)log.Cache.Count;
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        CacheLogStatistics statistics = log.Statistics;
        return new Outcome(
            Math.Max(most, LogDirectories.SizeOf(directory)), statistics.RawBytes - statistics.UpkeepBytes, statistics.RawBytes, statistics);
    }

    private static (CacheLog<int, byte[]> Log, RecoveryReport Recovery) Reopen(string directory, SteppedTimeProvider time, int keys)
    {
        CacheLog<int, byte[]> log = Open(directory, time, keys);
        return (log, log.Restored.GetAwaiter().GetResult());
    }

    private static CacheLog<int, byte[]> Open(string directory, TimeProvider time, int keys)
        => CacheLog.OpenAsync(
            new CacheOptions<int, byte[]> { Capacity = 2 * keys, HashSeed = 1, TimeProvider = time },
            new CacheLogOptions<int, byte[]> { Directory = directory, SegmentSize = SegmentSize, MaxLogSize = MaxLogSize })
            .AsTask().GetAwaiter().GetResult();
}
