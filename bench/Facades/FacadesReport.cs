using FastCache.Bench.Reporting;

namespace FastCache.Bench.Facades;

/// <summary>Turns the turns of a cell into rows and measurements.</summary>
internal sealed class FacadesReport(Report report, FacadeSettings settings)
{
    private readonly TextTable _table = new(
        report,
        new Column("workload", 15, IsText: true),
        new Column("entries", 7),
        new Column("threads", 7),
        new Column("contestant", 36, IsText: true),
        new Column("ns/op", 8),
        new Column("ratio [min..max]", 19),
        new Column("cpu ns", 8),
        new Column("B/op", 7),
        new Column("hits", 8),
        new Column("kept", 8));

    public void WriteHeading()
    {
        report.Heading("Facades");
        report.Line("Through the platform's interfaces, beside FastCache without one; keys are strings of 21 characters, other ones than those in the cache.");
        report.Line($"Wall time of the slowest thread by operations per thread; medians of {settings.Rounds} interleaved rounds. Ratios are to the platform's own cache.");
        report.Line("Cpu: of all threads, with what runs in the background for it. Kept: of keys added to the full cache, those that can be read right after;");
        report.Line("what drops the others has little to do for them.");
        report.Line();
        _table.WriteHeader();
    }

    /// <returns>Whether every contestant did what it was asked.</returns>
    public bool Add(FacadeCell cell, FacadeEntrant[] entrants)
    {
        bool isValid = true;
        foreach (FacadeEntrant entrant in entrants)
        {
            isValid &= Add(cell, entrant, entrants[0]);
        }

        report.Line();
        return isValid;
    }

    private bool Add(FacadeCell cell, FacadeEntrant entrant, FacadeEntrant baseline)
    {
        string? flaw = entrant.FindFlaw();
        Spread time = Spread.Of(Times(entrant));
        Spread ratio = Spread.OfRatios(Times(entrant), Times(baseline));
        double processor = Spread.Of(entrant.Turns.Select(static turn => turn.ProcessorNanosecondsPerOperation)).Median;
        double bytes = Spread.Of(entrant.Turns.Select(static turn => turn.BytesPerOperation)).Median;
        double hits = cell.Workload == FacadeWorkload.GetOrCreate
            ? Spread.Of(entrant.Turns.Select(static turn => turn.HitShare)).Median
            : double.NaN;

        _table.Row(
            cell.Name,
            Format.Count(cell.Entries),
            Format.Fixed(cell.Threads, 0),
            entrant.Name,
            Format.Fixed(time.Median, 1),
            ratio.ToString(),
            Format.Fixed(processor, 1),
            Format.Fixed(bytes, 1),
            Format.Share(hits),
            Format.Share(entrant.KeptShare) + (flaw is null ? "" : $"  INVALID: {flaw}"));

        report.Add(new Measurement
        {
            { "verb", "facades" },
            { "interface", cell.Interface.ToString().ToLowerInvariant() },
            { "workload", cell.Name },
            { "entries", cell.Entries },
            { "threads", cell.Threads },
            { "contestant", entrant.Name },
            { "metric", "time" },
            { "value", time.Median },
            { "unit", "ns/op" },
            { baseline.Name, ratio },
            { "cpu_ns_per_op", Math.Round(processor, 1) },
            { "bytes_per_op", Math.Round(bytes, 2) },
            { "hit_share", hits },
            { "kept_share", entrant.KeptShare },
            { "rounds", settings.Rounds },
            { "valid", flaw is null },
        });
        return flaw is null;
    }

    private static IEnumerable<double> Times(FacadeEntrant entrant) => entrant.Turns.Select(static turn => turn.NanosecondsPerOperation);
}
