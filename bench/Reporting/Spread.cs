using System.Globalization;

namespace FastCache.Bench.Reporting;

/// <summary>The median of a figure over the rounds of a run, and its extremes.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>The ratio of two figures taken in the same rounds: machine drift between rounds cancels out.</summary>
    public static Spread OfRatios(IEnumerable<double> values, IEnumerable<double> baseline) =>
        Of(values.Zip(baseline, static (value, reference) => value / reference));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} [{Min:0.00}..{Max:0.00}]");
}
