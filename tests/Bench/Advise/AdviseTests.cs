using FastCache.Bench.Advise;
using FastCache.Bench.HitRate;
using FastCache.Bench.Reporting;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Advise;

/// <summary>The advice as a whole, on traffic that the program makes.</summary>
public sealed class AdviseTests
{
    private const double OneAndAHalfPoints = 0.015;

    private static readonly AdviseSettings Settings = new(
        Capacities: [500, 1_000, 2_000, 4_000],
        Current: null,
        SamplingRate: 0.1,
        Samples: 3,
        GainPerDoubling: 0.02,
        Checks: true,
        Seed: 1);

    [Theory]
    [InlineData(GeneratedWorkload.Zipf)]
    [InlineData(GeneratedWorkload.Scan)]
    [InlineData(GeneratedWorkload.Shift)]
    internal void A_tenth_of_the_keys_tells_the_hit_rate_of_all(GeneratedWorkload workload)
    {
        Trace trace = TraceGenerator.Generate(workload, capacity: 2_000, requests: 300_000, seed: 1);
        Measurement[] estimates = Advise(trace, Settings);

        Assert.Equal(Settings.Capacities!.Count, estimates.Length);
        Assert.All(estimates, static estimate => Assert.InRange(
            estimate.Number("value")!.Value - estimate.Number("replayed")!.Value, -OneAndAHalfPoints, OneAndAHalfPoints));
    }

    [Fact]
    public void Of_few_keys_all_are_replayed()
    {
        Trace trace = TraceGenerator.Generate(GeneratedWorkload.Zipf, capacity: 100, requests: 10_000, seed: 1);
        Measurement[] estimates = Advise(trace, Settings with { SamplingRate = null, Capacities = [50, 100] });

        Assert.All(estimates, static estimate => Assert.Equal(estimate.Number("replayed"), estimate.Number("value")));
    }

    [Fact]
    public void The_capacity_in_use_is_looked_at_with_half_of_it_and_twice_as_much()
        => Assert.Equal([350, 500, 700, 1_000, 1_400, 2_000, 4_000], (Settings with { Current = 700 }).CapacitiesFor(distinctKeys: 100_000));

    [Fact]
    public void Without_a_wish_capacities_double_up_to_all_keys()
        => Assert.Equal([125, 250, 500, 1_000], (Settings with { Capacities = null }).CapacitiesFor(distinctKeys: 1_000));

    private static Measurement[] Advise(Trace trace, AdviseSettings settings)
    {
        ListedOutput listed = new();
        int code = new AdviseRun(new Report(json: false, TextWriter.Null, listed), trace, settings).Execute();

        Assert.Equal(0, code);
        return [.. listed.Measurements.Where(static figure => figure.Text("metric") == "hit_rate" && figure.Text("policy") == "frecency")];
    }
}
