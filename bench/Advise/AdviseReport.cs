using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting;

namespace FastCache.Bench.Advise;

/// <summary>Turns estimates into rows and measurements, and the curve into a sentence.</summary>
internal sealed class AdviseReport
{
    private const string FastCache = "FastCache";
    private const double PolicyMatters = 0.005;

    /// <summary>The policies of a row, in the order of its estimates.</summary>
    public static readonly EvictionPolicy[] Policies = [EvictionPolicy.Frecency, EvictionPolicy.Lru, EvictionPolicy.Fifo];

    private readonly Report _report;
    private readonly Trace _trace;
    private readonly AdviseSettings _settings;
    private readonly TextTable _table;
    private readonly List<Estimate[]> _rows = [];
    private bool _isRough;

    public AdviseReport(Report report, Trace trace, AdviseSettings settings)
    {
        (_report, _trace, _settings) = (report, trace, settings);
        Column[] check = settings.Checks ? [new Column("replayed", 9), new Column("off by", 8)] : [];
        _table = new TextTable(
            report,
            [
                new Column("capacity", 9),
                new Column("of keys", 8),
                new Column("hit rate", 9),
                new Column("over the samples", 19),
                new Column("a doubling", 10),
                .. Policies[1..].Select(static policy => new Column(policy.ToString(), 9)),
                .. check,
            ]);
    }

    public void WriteHeading(int oneIn, Trace[] samples)
    {
        _report.Heading($"Sizing advice for {_trace.Name}");
        _report.Line($"{_trace.Requests.Length} requests for {_trace.DistinctKeys} keys.");
        _report.Line(oneIn == 1
            ? "The whole trace is replayed: no estimate."
            : $"Estimated from {samples.Length} samples of one key in {oneIn}, {samples.Sum(static sample => sample.Requests.Length)} requests in all, " +
              $"in caches of 1/{oneIn} of the size.");
        _report.Line("Hit rate: the mean over the samples, for Frecency. A doubling: points that each doubling since the row above has brought.");
        _report.Line();
        _table.WriteHeader();
    }

    /// <param name="estimates">One for each policy, Frecency first.</param>
    /// <param name="isRough">Whether there is little to go by.</param>
    public void Add(Estimate[] estimates, bool isRough)
    {
        Estimate frecency = estimates[0];
        string gain = _rows is [.., var last]
            ? Points((frecency.Mean - last[0].Mean) / Math.Log2(frecency.Capacity / (double)last[0].Capacity))
            : "";
        string[] check = frecency.Replayed is { } replayed ? [Format.Share(replayed), Points(frecency.Mean - replayed)] : [];
        _table.Row(
        [
            Format.Fixed(frecency.Capacity, 0),
            Format.Share(frecency.Capacity / (double)_trace.DistinctKeys),
            Format.Share(frecency.Mean) + (isRough ? "~" : ""),
            $"{Format.Share(frecency.HitRate.Min)}..{Format.Share(frecency.HitRate.Max)}",
            gain,
            .. estimates[1..].Select(static estimate => Format.Share(estimate.Mean)),
            .. check,
        ]);
        foreach (Estimate estimate in estimates)
        {
            _report.Add(Describe(estimate));
        }

        _isRough |= isRough;
        _rows.Add(estimates);
    }

    public void Conclude()
    {
        HitRateCurve curve = new([.. _rows.Select(static row => (row[0].Capacity, row[0].Mean))]);
        int recommended = curve.Recommend(_settings.GainPerDoubling);
        _report.Line();
        if (_isRough)
        {
            _report.Line("~: the miniature is so small that the estimate is rough.");
        }

        _report.Line(
            $"Recommended: {recommended} entries, {Format.Share(curve.At(recommended))}. From there on no doubling brings " +
            $"{Format.Fixed(_settings.GainPerDoubling * 100, 1)} points.");
        ComparePolicies(recommended);
        if (_settings.Current is { } current)
        {
            double now = curve.At(current);
            _report.Line(
                $"At {current} entries, {Format.Share(now)}: half of them would give {Points(curve.At(Math.Max(1, current / 2)) - now)} points, " +
                $"twice as many {Points(curve.At((int)Math.Min(2L * current, int.MaxValue)) - now)}.");
        }

        _report.Add(new Measurement
        {
            { "verb", "advise" },
            { "workload", _trace.Name },
            { "contestant", FastCache },
            { "metric", "recommended_capacity" },
            { "value", recommended },
            { "unit", "entries" },
        });
    }

    private void ComparePolicies(int capacity)
    {
        Estimate[] row = _rows.Single(row => row[0].Capacity == capacity);
        Estimate best = row.MaxBy(static estimate => estimate.Mean)!;
        double ahead = best.Mean - row[0].Mean;
        _report.Line(ahead < PolicyMatters
            ? "There the policy Frecency is the best, or about as good."
            : $"There the policy {best.Policy} gives {Points(ahead)} points more.");
    }

    private Measurement Describe(Estimate estimate) => new()
    {
        { "verb", "advise" },
        { "workload", _trace.Name },
        { "contestant", estimate.Policy == EvictionPolicy.Frecency ? FastCache : $"{FastCache}, {estimate.Policy}" },
        { "policy", estimate.Policy.ToString().ToLowerInvariant() },
        { "capacity", estimate.Capacity },
        { "seed", _settings.Seed },
        { "metric", "hit_rate" },
        { "value", estimate.Mean },
        { "unit", "share" },
        { "min", estimate.HitRate.Min },
        { "max", estimate.HitRate.Max },
        { "replayed", estimate.Replayed },
    };

    private static string Points(double share) => (share < 0 ? "" : "+") + Format.Fixed(share * 100, 2);
}
