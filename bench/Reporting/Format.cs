using System.Globalization;

namespace FastCache.Bench.Reporting;

/// <summary>How figures look in the text report.</summary>
internal static class Format
{
    /// <summary>1500 as 1500, 100000 as 100K, 1000000 as 1M: the way the switches accept it.</summary>
    public static string Count(long count) => count switch
    {
        >= 1_000_000 when count % 1_000_000 == 0 => Invariant($"{count / 1_000_000}M"),
        >= 1_000 when count % 1_000 == 0 => Invariant($"{count / 1_000}K"),
        _ => Invariant($"{count}"),
    };

    public static string Share(double share) => double.IsNaN(share) ? "-" : Invariant($"{share * 100:0.00} %");

    public static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Nanoseconds in the unit that keeps the figure short.</summary>
    public static string Duration(double nanoseconds) => nanoseconds switch
    {
        < 10_000 => Invariant($"{nanoseconds:0} ns"),
        < 10_000_000 => Invariant($"{nanoseconds / 1e3:0.0} us"),
        < 10_000_000_000 => Invariant($"{nanoseconds / 1e6:0.0} ms"),
        _ => Invariant($"{nanoseconds / 1e9:0.0} s"),
    };

    public static string Threads(int threads) => threads == 1 ? "1 thread" : Invariant($"{threads} threads");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
