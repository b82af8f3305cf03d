using System.Diagnostics;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Expiry;

/// <summary>The life of entries with a time to live: scheduled, expired, reclaimed.</summary>
internal sealed class ExpiryRun(Report report, int entries, int rounds)
{
    public const int Steps = 1;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <param name="Scheduled">Nanoseconds of a Set of a new key with a time to live, beyond those without.</param>
    /// <param name="Reclaimed">Nanoseconds to reclaim an entry.</param>
    /// <param name="LongestStep">Milliseconds of the step that took longest.</param>
    /// <param name="TimerBytes">Of the timers, an entry.</param>
    /// <param name="Left">Entries that were not reclaimed, and steps after which others had been than should.</param>
    private readonly record struct Life(
        double Plain, double Scheduled, double Reclaimed, double LongestStep, double TimerBytes, int Left);

    /// <returns>Whether every entry was reclaimed in its time.</returns>
    public bool Execute()
    {
        report.Progress.Step($"expiry: {Format.Count(entries)} entries");
        Life[] lives = [.. Enumerable.Range(0, rounds).Select(_ => Live())];
        int left = lives.Max(static life => life.Left);

        report.Heading("Expiry");
        report.Line($"{Format.Count(entries)} entries with random times to live of up to a minute; a manual clock, reclaimed every 50 ms of it.");
        report.Line($"{(rounds == 1 ? "One round" : $"Medians of {rounds} rounds")}. Deadlines take 8 bytes a slot beside the timers; `memory` shows both.");
        report.Line();
        TextTable table = new(report, new Column("measure", 40, IsText: true), new Column("value", 10), new Column("unit", 6, IsText: true));
        table.WriteHeader();
        Add(table, "insert, without a time to live", "insert_time", "ns/op", lives.Select(static life => life.Plain));
        Add(table, "insert, with one", "scheduled_insert_time", "ns/op", lives.Select(static life => life.Scheduled));
        Add(table, "reclaiming an expired entry", "reclaim_time", "ns/op", lives.Select(static life => life.Reclaimed));
        Add(table, "longest step of the clock", "longest_step", "ms", lives.Select(static life => life.LongestStep));
        Add(table, "timers, by entry", "timer_bytes_per_entry", "B", lives.Select(static life => life.TimerBytes));
        Add(table, left == 0 ? "entries left over" : "entries left over: INVALID", "left", "count", [left]);
        return left == 0;
    }

    private Life Live()
    {
        SteppedTimeProvider time = new();
        using Cache<long, object> plain = Create(time);
        using Cache<long, object> expiring = Create(time);
        TimeSpan[] lifetimes = DrawLifetimes();
        object value = new();

        long start = Stopwatch.GetTimestamp();
        for (int id = 0; id < entries; id++)
        {
            plain.Set(SplitMix64.Scramble(id), value);
        }

        double plainTime = Nanoseconds(start) / entries;
        start = Stopwatch.GetTimestamp();
        for (int id = 0; id < entries; id++)
        {
            expiring.Set(SplitMix64.Scramble(id), value, new EntryOptions { ExpireAfterWrite = lifetimes[id] });
        }

        double scheduledTime = Nanoseconds(start) / entries;
        double timerBytes = expiring.TimerBytes / (double)entries;
        (double total, double longest, int left) = LetTimePass(time, expiring, lifetimes);
        return new Life(plainTime, scheduledTime, total / entries, longest / 1e6, timerBytes, left);
    }

    private Cache<long, object> Create(TimeProvider time) => new(new CacheOptions<long, object>
    {
        // Room for every shard's fair share and more, so that nothing is evicted.
        Capacity = entries + Math.Max(64, entries / 8),
        InitialCapacity = entries,
        HashSeed = 1,
        TimeProvider = time,
    });

    private TimeSpan[] DrawLifetimes()
    {
        SplitMix64 random = new(seed: 1);
        TimeSpan[] lifetimes = new TimeSpan[entries];
        for (int id = 0; id < entries; id++)
        {
            lifetimes[id] = TimeSpan.FromTicks(1 + random.NextBelow(Longest.Ticks));
        }

        return lifetimes;
    }

    private static (double Total, double Longest, int Left) LetTimePass(
        SteppedTimeProvider time, Cache<long, object> cache, TimeSpan[] lifetimes)
    {
        int[] perStep = new int[(int)(Longest / Step) + 2];
        foreach (TimeSpan lifetime in lifetimes)
        {
            perStep[(int)Math.Ceiling(lifetime / Step)]++;
        }

        (double total, double longest, int wrong) = (0, 0, 0);
        long expected = 0;
        for (int step = 1; step < perStep.Length; step++)
        {
            time.Advance(Step);
            long start = Stopwatch.GetTimestamp();
            cache.TrimExpired();
            double nanoseconds = Nanoseconds(start);
            total += nanoseconds;
            longest = Math.Max(longest, nanoseconds);

            // Some of it may have been done by the cache's own background work.
            expected += perStep[step];
            wrong += cache.Statistics.Expirations == expected ? 0 : 1;
        }

        return (total, longest, wrong + (int)cache.Count);
    }

    private static double Nanoseconds(long start) => Stopwatch.GetElapsedTime(start).TotalNanoseconds;

    private void Add(TextTable table, string text, string metric, string unit, IEnumerable<double> values)
    {
        double median = Spread.Of(values).Median;
        table.Row(text, Format.Fixed(median, 1), unit);
        report.Add(new Measurement
        {
            { "verb", "expiry" },
            { "workload", "minute" },
            { "entries", entries },
            { "contestant", "FastCache" },
            { "metric", metric },
            { "value", median },
            { "unit", unit },
        });
    }
}
