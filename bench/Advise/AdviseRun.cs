using FastCache.Bench.Contestants;
using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting;

namespace FastCache.Bench.Advise;

/// <summary>Estimates hit rates by capacity and policy, and says which capacity they suggest.</summary>
internal sealed class AdviseRun(Report report, Trace trace, AdviseSettings settings)
{
    private readonly int _oneIn = settings.OneIn(trace.DistinctKeys);

    /// <returns>The exit code.</returns>
    public int Execute()
    {
        int[] capacities = settings.CapacitiesFor(trace.DistinctKeys);
        Trace[] samples = TakeSamples();
        report.Progress.Start(capacities.Length);
        AdviseReport results = new(report, trace, settings);
        results.WriteHeading(_oneIn, samples);

        foreach (int capacity in capacities)
        {
            report.Progress.Step($"advise: capacity {capacity}");
            Estimate[] estimates = [.. AdviseReport.Policies.Select(policy => EstimateFor(samples, capacity, policy))];
            results.Add(estimates, isRough: Miniature.CapacityOf(capacity, _oneIn) < Miniature.FewestEntries && _oneIn > 1);
        }

        results.Conclude();
        return 0;
    }

    private Trace[] TakeSamples()
    {
        if (_oneIn == 1)
        {
            return [trace];
        }

        StratifiedSamples samples = new(trace, _oneIn, settings.Seed);
        return [.. Enumerable.Range(0, Math.Min(settings.Samples, _oneIn)).Select(samples.Take)];
    }

    private Estimate EstimateFor(Trace[] samples, int capacity, EvictionPolicy policy)
    {
        CacheShape shape = new(capacity) { Policy = policy, HashSeed = settings.Seed };
        double[] hitRates = [.. samples.Select(sample => Miniature.HitRate(sample, trace.Requests.Length, _oneIn, shape))];
        double? replayed = settings.Checks ? Miniature.HitRate(trace, trace.Requests.Length, oneIn: 1, shape) : null;
        return new Estimate(policy, capacity, Spread.Of(hitRates), hitRates.Average(), replayed);
    }
}
