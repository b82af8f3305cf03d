using System.Diagnostics;
using FastCache.Bench.Contestants;
using FastCache.Bench.Reporting;
using FastCache.Bench.Timing;

namespace FastCache.Bench.Latency;

/// <summary>Turns histograms into rows and measurements.</summary>
internal sealed class LatencyReport(Report report, LatencySettings settings)
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private static readonly (string Name, double Share)[] Quantiles =
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999), ("max", 1)];

    private readonly TextTable _table = new(
        report,
        [
            new Column("contestant", 27, IsText: true),
            .. Quantiles.Select(static quantile => new Column(quantile.Name, 9)),
            new Column("Mops/s", 7),
            new Column("GCs 0/1/2", 11),
            new Column("paused", 9),
            new Column("p99 ratio", 20),
            new Column("p99.9 ratio", 20),
        ]);

    public void WriteHeading(LatencyHistogram timer)
    {
        report.Heading(settings.Rate is { } rate
            ? $"Latency at {Format.Count(rate)} operations a second, with evictions"
            : "Latency of single operations, with evictions");
        report.Line(
            $"75 % TryGet, Set on a miss; 25 % Set; Zipf over {LatencySettings.KeyRange}x the capacity of " +
            $"{Format.Count(settings.Entries)}; {Format.Threads(settings.Threads)}, {settings.Rounds} rounds, {settings.Seconds} s each in all.");
        report.Line(settings.Rate is null
            ? "One operation right after the other."
            : "An operation that could not begin when it was due counts from then on: a pause is felt by all who come meanwhile.");
        report.Line(
            $"The clock itself reads {Nanoseconds(timer.Quantile(0.5))} at the median and {Nanoseconds(timer.Quantile(0.999))} at p99.9: " +
            "contained in every figure, subtracted from none.");
        report.Line($"Ratios are to {FifoDictionaryContestant.Name} in the same round: median [min..max]. The maximum is mostly the machine's.");
        report.Line();
        _table.WriteHeader();
        report.Add(Describe("(timer)", "p50", timer.Quantile(0.5) * NanosecondsPerTick, "ns"));
        report.Add(Describe("(timer)", "p99.9", timer.Quantile(0.999) * NanosecondsPerTick, "ns"));
    }

    public void Add(LatencyEntrant[] entrants)
    {
        LatencyEntrant baseline = entrants.Single(static entrant => entrant.Name == FifoDictionaryContestant.Name);
        foreach (LatencyEntrant entrant in entrants)
        {
            Add(entrant, baseline);
        }
    }

    private void Add(LatencyEntrant entrant, LatencyEntrant baseline)
    {
        string? flaw = entrant.FindFlaw();
        Spread p99 = Spread.OfRatios(entrant.Turns.Select(static turn => turn.P99), baseline.Turns.Select(static turn => turn.P99));
        Spread p999 = Spread.OfRatios(entrant.Turns.Select(static turn => turn.P999), baseline.Turns.Select(static turn => turn.P999));
        double rate = entrant.Turns.Sum(static turn => turn.Operations) / entrant.Turns.Sum(static turn => turn.Time.Wall.TotalSeconds) / 1e6;
        Collections collections = Collections.Of(entrant.Turns.Select(static turn => turn.Time.Collections));

        _table.Row(
        [
            entrant.Name,
            .. Quantiles.Select(quantile => Nanoseconds(entrant.Total.Quantile(quantile.Share))),
            Format.Fixed(rate, 2),
            collections.ToString(),
            Format.Duration(collections.Pause.TotalNanoseconds),
            p99.ToString(),
            p999 + (flaw is null ? "" : $"  INVALID: {flaw}"),
        ]);

        foreach ((string name, double share) in Quantiles)
        {
            Spread? ratio = name switch { "p99" => p99, "p99.9" => p999, _ => null };
            AddFigure(name, entrant.Total.Quantile(share) * NanosecondsPerTick, "ns", ratio);
        }

        AddFigure("throughput", rate, "Mops/s");
        AddFigure("gen0_collections", collections.Gen0, "count");
        AddFigure("gen1_collections", collections.Gen1, "count");
        AddFigure("gen2_collections", collections.Gen2, "count");
        AddFigure("gc_pause", collections.Pause.TotalMilliseconds, "ms");

        void AddFigure(string metric, double value, string unit, Spread? ratio = null)
        {
            Measurement measurement = Describe(entrant.Name, metric, value, unit);
            if (ratio is { } spread)
            {
                measurement.Add(baseline.Name, spread);
            }

            measurement.Add("shards", entrant.Shards);
            measurement.Add("valid", flaw is null);
            report.Add(measurement);
        }
    }

    private Measurement Describe(string contestant, string metric, double value, string unit) => new()
    {
        { "verb", "latency" },
        { "workload", "mixed" },
        { "entries", settings.Entries },
        { "threads", settings.Threads },
        { "seconds", settings.Seconds },
        { "rate", settings.Rate },
        { "rounds", settings.Rounds },
        { "policy", settings.Policy.ToString().ToLowerInvariant() },
        { "contestant", contestant },
        { "metric", metric },
        { "value", value },
        { "unit", unit },
    };

    private static string Nanoseconds(long ticks) => Format.Duration(ticks * NanosecondsPerTick);
}
