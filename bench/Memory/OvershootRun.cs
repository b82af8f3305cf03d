using System.Diagnostics;
using FastCache.Bench.Contestants;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Memory;

/// <summary>
/// How well the bounded caches keep their limit while threads add one key after the other: the most entries ever seen, and whether what
/// was just added can be read.
/// </summary>
internal sealed class OvershootRun(Report report, int entries, TimeSpan duration)
{
    /// <summary>One for each contestant.</summary>
    public const int Steps = 3;

    // The larger caches count their entries under locks.
    private const int OperationsPerCount = 256;

    private readonly record struct Observation(string Name, long Added, long FoundAtOnce, int Most, int AtTheEnd);

    public void Execute()
    {
        report.Heading("Overshoot");
        report.Line($"{Format.Threads(Environment.ProcessorCount)} adding keys never seen before to a limit of {Format.Count(entries)} for {duration.TotalSeconds} s each.");
        report.Line("Most: entries ever seen, by the limit. Found at once: of the keys just added, those that the same thread could read then.");
        report.Line();
        TextTable table = new(
            report,
            new Column("contestant", 27, IsText: true),
            new Column("added", 10),
            new Column("most", 9),
            new Column("at the end", 10),
            new Column("found at once", 13));
        table.WriteHeader();
        Add(table, Observe<FastCacheContestant<Plain>>());
        Add(table, Observe<FifoDictionaryContestant>());
        Add(table, Observe<MemoryCacheContestant>());
    }

    private Observation Observe<TContestant>()
        where TContestant : struct, IContestant<TContestant>
    {
        report.Progress.Step($"overshoot: {TContestant.Name}");
        using WorkerTeam team = new(Environment.ProcessorCount);
        using TContestant cache = TContestant.Create(new CacheShape(entries));
        object value = new();
        for (int id = 1; id <= entries; id++)
        {
            cache.Set(SplitMix64.Scramble(id), value);
        }

        int[] most = new int[team.Size];
        long[] added = new long[team.Size];
        long[] found = new long[team.Size];
        team.Run(thread => (added[thread], found[thread], most[thread]) = Flood(cache, thread, value));
        Quiet.Await();
        return new Observation(TContestant.Name, added.Sum(), found.Sum(), most.Max(), cache.Count);
    }

    private (long Added, long Found, int Most) Flood<TContestant>(TContestant cache, int thread, object value)
        where TContestant : struct, IContestant<TContestant>
    {
        const int ThreadShift = 40;
        long deadline = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        long id = (thread + 1L) << ThreadShift;
        long added = 0;
        long found = 0;
        int most = 0;
        while (Stopwatch.GetTimestamp() < deadline)
        {
            for (int operation = 0; operation < OperationsPerCount; operation++)
            {
                long key = SplitMix64.Scramble(id + added++);
                cache.Set(key, value);
                found += cache.TryGet(key, out _) ? 1 : 0;
            }

            most = Math.Max(most, cache.Count);
        }

        return (added, found, most);
    }

    private void Add(TextTable table, Observation seen)
    {
        // So many must have been thrown out for the figure to say something about a full cache.
        string? flaw = seen.Added < entries ? "too few keys were added" : null;
        double most = seen.Most / (double)entries;
        double found = seen.FoundAtOnce / (double)seen.Added;
        table.Row(
            seen.Name,
            Format.Fixed(seen.Added, 0),
            Format.Share(most),
            Format.Share(seen.AtTheEnd / (double)entries),
            Format.Share(found) + (flaw is null ? "" : $"  INVALID: {flaw}"));
        AddFigure("most_entries", most);
        AddFigure("found_at_once", found);

        void AddFigure(string metric, double value) => report.Add(new Measurement
        {
            { "verb", "memory" },
            { "workload", "overshoot" },
            { "entries", entries },
            { "contestant", seen.Name },
            { "metric", metric },
            { "value", value },
            { "unit", "share" },
            { "valid", flaw is null },
        });
    }
}
