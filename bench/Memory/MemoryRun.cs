using System.Runtime;
using System.Runtime.CompilerServices;
using FastCache.Bench.Contestants;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Memory;

/// <summary>
/// Bytes of managed memory per resident entry: the heap after a full, compacting collection, with the filled cache less
/// without it. All entries share one value object.
/// </summary>
internal sealed class MemoryRun(Report report, int entries)
{
    /// <summary>One for each contestant.</summary>
    public const int Steps = 5;

    private readonly record struct Footprint(string Name, double BytesPerEntry, int Count, string? Flaw);

    public void Execute()
    {
        Footprint baseline = Measure<DictionaryContestant>();
        Footprint[] footprints =
        [
            Measure<FastCacheContestant<Plain>>(),
            Measure<FastCacheContestant<Expiring>>(),
            baseline,
            Measure<FifoDictionaryContestant>(),
            Measure<MemoryCacheContestant>(),
        ];

        report.Heading("Memory");
        report.Line($"Managed bytes per resident entry at {Format.Count(entries)} entries, long key to one shared reference; the value object is not counted,");
        report.Line("MemoryCache's boxed keys are. Bounded caches are full: they were given twice as many keys.");
        report.Line();
        TextTable table = new(
            report,
            new Column("contestant", 27, IsText: true),
            new Column("bytes/entry", 11),
            new Column("ratio", 6),
            new Column("resident", 9));
        table.WriteHeader();
        foreach (Footprint footprint in footprints)
        {
            Add(table, footprint, baseline);
        }
    }

    private Footprint Measure<TContestant>()
        where TContestant : struct, IContestant<TContestant>
    {
        report.Progress.Step($"memory: {TContestant.Name}");

        // What a first instance sets up for the whole process is not part of an entry.
        Fill<TContestant>(1_000).Dispose();
        long before = LiveBytes();
        TContestant cache = Fill<TContestant>(entries);
        Quiet.Await();
        long after = LiveBytes();
        int count = cache.Count;
        cache.Dispose();

        double share = count / (double)entries;
        const double Slack = 0.03;
        string? flaw = share is < 1 - Slack or > 1 ? $"holds {count} entries" : null;
        return new Footprint(TContestant.Name, (after - before) / (double)count, count, flaw);
    }

    // A method of its own, so that no temporary of the fill stays on the stack of the caller.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TContestant Fill<TContestant>(int capacity)
        where TContestant : struct, IContestant<TContestant>
    {
        TContestant cache = TContestant.Create(new CacheShape(capacity));
        object value = new();
        long keys = TContestant.IsStrictlyBounded ? 2L * capacity : capacity;
        for (long id = 1; id <= keys; id++)
        {
            cache.Set(SplitMix64.Scramble(id), value);
        }

        return cache;
    }

    private static long LiveBytes()
    {
        // Twice, with the finalizers between: what these release is collected too.
        for (int i = 0; i < 2; i++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private void Add(TextTable table, Footprint footprint, Footprint baseline)
    {
        double ratio = footprint.BytesPerEntry / baseline.BytesPerEntry;
        table.Row(
            footprint.Name,
            Format.Fixed(footprint.BytesPerEntry, 1),
            Format.Fixed(ratio, 2),
            Format.Share(footprint.Count / (double)entries) + (footprint.Flaw is null ? "" : $"  INVALID: {footprint.Flaw}"));
        report.Add(new Measurement
        {
            { "verb", "memory" },
            { "workload", "resident" },
            { "entries", entries },
            { "contestant", footprint.Name },
            { "metric", "bytes_per_entry" },
            { "value", footprint.BytesPerEntry },
            { "unit", "B" },
            { baseline.Name, new Spread(ratio, ratio, ratio) },
            { "resident", footprint.Count },
            { "valid", footprint.Flaw is null },
        });
    }
}
