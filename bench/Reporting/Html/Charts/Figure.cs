using System.Globalization;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>How figures look at axes and bars: as short as they can be told.</summary>
internal static class Figure
{
    /// <summary>With about three digits that say something.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    /// <summary>A round figure at an axis.</summary>
    public static string Tick(double value) => value.ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>A power of ten of nanoseconds.</summary>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        >= 1e9 => Tick(nanoseconds / 1e9) + " s",
        >= 1e6 => Tick(nanoseconds / 1e6) + " ms",
        >= 1e3 => Tick(nanoseconds / 1e3) + " \u00B5s",
        _ => Tick(nanoseconds) + " ns",
    };

    public static string Percent(double share) => Tick(share * 100) + " %";

    /// <summary>0.86× [0.83–0.91]; without a range if it has none.</summary>
    public static string Ratio(double ratio, double? min, double? max) => min is null || max is null || (min == ratio && max == ratio)
        ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}\u00D7")
        : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}\u00D7 [{min:0.00}\u2013{max:0.00}]");

    /// <summary>bytes_per_entry as it is said.</summary>
    public static string Name(string metric) => metric switch
    {
        "gc_pause" => "time paused by the collector",
        "hit_rate" => "hit rate",
        "byte_hit_rate" => "hit rate by bytes",
        _ => metric.Replace('_', ' '),
    };

    /// <summary>The same at the start of a line.</summary>
    public static string Title(string metric) => Name(metric) is [var first, var second, .. var rest] && char.IsLetter(second)
        ? $"{char.ToUpperInvariant(first)}{second}{rest}"
        : Name(metric);

    /// <summary>A figure with its unit, in the form in which people write it.</summary>
    public static string WithUnit(double value, string unit) => unit switch
    {
        "share" => Format.Share(value),
        "percent" => $"{Short(value)} %",
        "ratio" => $"{Short(value)}\u00D7",
        _ => $"{Short(value)} {unit}",
    };

    /// <summary>Which way is better, where the unit says so.</summary>
    public static string Direction(string unit) => unit switch
    {
        "ns" or "us" or "ms" or "s" or "ns/op" or "B" or "ratio" => "less is better",
        "share" or "percent" => "more is better",
        _ when unit.EndsWith("/s", StringComparison.Ordinal) => "more is better",
        _ => "",
    };
}
