using FastCache.Bench.Contestants;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;

namespace FastCache.Bench.Throughput;

/// <summary>Turns the turns of a cell into rows and measurements.</summary>
internal sealed class ThroughputReport(Report report, ThroughputSettings settings)
{
    private readonly TextTable _table = new(
        report,
        new Column("workload", 12, IsText: true),
        new Column("entries", 7),
        new Column("threads", 7),
        new Column("contestant", 27, IsText: true),
        new Column("ns/op", 8),
        new Column("ratio [min..max]", 19),
        new Column("B/op", 6),
        new Column("GCs 0/1/2", 11),
        new Column("hits", 8),
        new Column("resident", 9));

    public void WriteHeading()
    {
        report.Heading("Throughput");
        report.Line($"Wall time of the slowest thread by operations per thread; medians of {settings.Rounds} interleaved rounds.");
        report.Line("Ratios are to ConcurrentDictionary (read, update) or ConcurrentDictionary + FIFO (insert, readthrough, mixed), in the same round;");
        report.Line("for FastCache with TTL, sliding expiry or a weigher to FastCache without.");
        report.Line("Resident: entries held at the end by capacity (read, update: by entries). (empty loop) is the harness itself, subtracted nowhere.");
        report.Line();
        _table.WriteHeader();
    }

    public void Add(ThroughputCell cell, Entrant[] entrants)
    {
        Entrant baseline = entrants.Single(entrant => entrant.Name == cell.Baseline);
        foreach (Entrant entrant in entrants)
        {
            Add(cell, entrant, baseline);
        }

        report.Line();
    }

    private void Add(ThroughputCell cell, Entrant entrant, Entrant baseline)
    {
        bool isHarness = entrant.Name == EmptyContestant.Name;
        string? flaw = isHarness ? null : entrant.FindFlaw(cell);
        Spread time = Spread.Of(Times(entrant));
        Spread ratio = Spread.OfRatios(Times(entrant), Times(baseline));
        double bytes = Spread.Of(entrant.Turns.Select(static turn => turn.BytesPerOperation)).Median;
        Collections collections = Collections.Of(entrant.Turns.Select(static turn => turn.Time.Collections));
        double hits = isHarness ? double.NaN : Spread.Of(entrant.Turns.Select(static turn => turn.HitShare)).Median;
        double resident = isHarness ? double.NaN : entrant.Count / (double)(cell.Evicts ? cell.Capacity : cell.Entries);

        _table.Row(
            cell.Distribution == KeyDistribution.Zipf ? $"{cell.Name}, zipf" : cell.Name,
            Format.Count(cell.Entries),
            Format.Fixed(cell.Threads, 0),
            entrant.Name,
            Format.Fixed(time.Median, 1),
            ratio.ToString(),
            Format.Fixed(bytes, 1),
            collections.ToString(),
            Format.Share(hits),
            Format.Share(resident) + (flaw is null ? "" : $"  INVALID: {flaw}"));

        report.Add(new Measurement
        {
            { "verb", "throughput" },
            { "workload", cell.Name },
            { "distribution", cell.Distribution.ToString().ToLowerInvariant() },
            { "entries", cell.Entries },
            { "threads", cell.Threads },
            { "contestant", entrant.Name },
            { "metric", "time" },
            { "value", time.Median },
            { "unit", "ns/op" },
            { cell.Baseline, ratio },
            { "bytes_per_op", Math.Round(bytes, 2) },
            { "gen0_collections", collections.Gen0 },
            { "gc_pause_ms", collections.Pause.TotalMilliseconds },
            { "hit_share", hits },
            { "resident_share", resident },
            { "inserted", cell.Workload == ThroughputWorkload.Insert ? Inserted(entrant) : null },
            { "capacity", cell.Capacity },
            { "shards", entrant.Shards },
            { "policy", settings.Policy.ToString().ToLowerInvariant() },
            { "rounds", settings.Rounds },
            { "valid", flaw is null },
        });
    }

    private static IEnumerable<double> Times(Entrant entrant) => entrant.Turns.Select(static turn => turn.NanosecondsPerOperation);

    private static long Inserted(Entrant entrant) => entrant.Turns.Sum(static turn => turn.OperationsPerThread * turn.Threads);
}
