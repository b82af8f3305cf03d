using System.Diagnostics;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;

namespace FastCache.Bench.Loading;

/// <summary>What loads cost, beside the factory: time and bytes of hits, misses and stampedes.</summary>
internal sealed class LoadRun(Report report, int entries, int rounds, bool isQuick)
{
    public const int Steps = 4;

    // The least that optimised code needs to arrive, for each contestant.
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(350);

    /// <param name="Nanoseconds">Of one operation.</param>
    /// <param name="Bytes">Allocated by one operation.</param>
    private readonly record struct Turn(double Nanoseconds, double Bytes);

    /// <returns>Whether every contestant did what it was asked.</returns>
    public bool Execute()
    {
        LoadWorkloads workloads = new(entries, operations: isQuick ? 1 << 16 : 1 << 19);
        report.Heading("Loading");
        report.Line($"One thread, {Format.Count(entries)} entries, a factory that has its value ready; medians of {rounds} interleaved rounds.");
        report.Line("Ratios are to the first contestant of the same load, in the same round. Bytes are beside the value.");
        report.Line($"stampede: {Format.Count(StampedeWorkload.Callers)} callers of an absent key whose factory ends when all have asked; by caller.");
        report.Line();
        TextTable table = new(
            report,
            new Column("workload", 11, IsText: true),
            new Column("contestant", 44, IsText: true),
            new Column("ns/op", 8),
            new Column("ratio [min..max]", 19),
            new Column("B/op", 7));
        table.WriteHeader();
        bool isValid = Measure(table, workloads.Hit);
        isValid &= Measure(table, workloads.ReadThrough);
        isValid &= Measure(table, workloads.Miss);
        isValid &= Measure(table, static () => StampedeWorkload.Create());
        return isValid;
    }

    private bool Measure(TextTable table, Func<LoadWorkload> create)
    {
        LoadWorkload workload = create();
        report.Progress.Step($"load: {workload.Name}");
        Dictionary<LoadCase, List<Turn>> turns = workload.Cases.ToDictionary(static entrant => entrant, static _ => new List<Turn>());
        HashSet<LoadCase> wrong = [];
        WarmUp(workload, wrong);
        for (int round = 0; round < rounds; round++)
        {
            foreach (LoadCase entrant in TurnOrder.Of(workload.Cases, round))
            {
                turns[entrant].Add(Take(entrant, wrong));
            }
        }

        foreach (LoadCase entrant in workload.Cases)
        {
            Report(table, workload, entrant, turns, isValid: !wrong.Contains(entrant));
        }

        return wrong.All(static entrant => entrant.Flaw is not null);
    }

    private static void WarmUp(LoadWorkload workload, HashSet<LoadCase> wrong)
    {
        foreach (LoadCase entrant in workload.Cases)
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < WarmUpTime)
            {
                Take(entrant, wrong);
            }
        }
    }

    /// <summary>One turn of a contestant, who joins the wrong ones if he did not do what he was asked.</summary>
    private static Turn Take(LoadCase entrant, HashSet<LoadCase> wrong)
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        long right = entrant.Turn().GetAwaiter().GetResult();
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        if (right != entrant.Operations)
        {
            wrong.Add(entrant);
        }

        return new Turn(nanoseconds / entrant.Operations, (double)bytes / entrant.Operations);
    }

    private void Report(
        TextTable table, LoadWorkload workload, LoadCase entrant, Dictionary<LoadCase, List<Turn>> turns, bool isValid)
    {
        LoadCase baseline = workload.Cases[0];
        double median = Spread.Of(turns[entrant].Select(static turn => turn.Nanoseconds)).Median;
        double bytes = Spread.Of(turns[entrant].Select(static turn => turn.Bytes)).Median;
        Spread ratio = Spread.OfRatios(
            turns[entrant].Select(static turn => turn.Nanoseconds), turns[baseline].Select(static turn => turn.Nanoseconds));
        table.Row(
            workload.Name,
            isValid ? entrant.Contestant : $"{entrant.Contestant}: {entrant.Flaw ?? "INVALID"}",
            Format.Fixed(median, 1),
            ratio.ToString(),
            Format.Fixed(bytes, 1));
        report.Add(new Measurement
        {
            { "verb", "load" },
            { "workload", workload.Name },
            { "entries", entries },
            { "contestant", entrant.Contestant },
            { "metric", "time" },
            { "value", median },
            { "unit", "ns/op" },
            { baseline.Contestant, ratio },
            { "bytes_per_op", bytes },
            { "valid", isValid },
        });
    }
}
