namespace FastCache.Bench.Workloads;

/// <summary>
/// Draws ranks with probability proportional to rank^-exponent, in constant time and without tables: rejection inversion
/// (Hoermann and Derflinger 1996), exact for every number of items.
/// </summary>
internal sealed class ZipfSampler
{
    /// <summary>The skew of the YCSB benchmark, and of most published cache measurements.</summary>
    public const double Exponent = 0.99;

    private const double Complement = 1 - Exponent;

    private readonly long _items;
    private readonly double _lowest;
    private readonly double _highest;
    private readonly double _squeeze;

    public ZipfSampler(long items)
    {
        _items = items;
        _lowest = Integral(1.5) - 1;
        _highest = Integral(items + 0.5);
        _squeeze = 2 - InverseIntegral(Integral(2.5) - Weight(2));
    }

    /// <summary>A rank from 0, the most frequent, to the number of items less one.</summary>
    public long Next(ref SplitMix64 random)
    {
        while (true)
        {
            double area = _highest + (random.NextDouble() * (_lowest - _highest));
            double x = InverseIntegral(area);
            long rank = Math.Clamp((long)(x + 0.5), 1, _items);
            if (rank - x <= _squeeze || area >= Integral(rank + 0.5) - Weight(rank))
            {
                return rank - 1;
            }
        }
    }

    private static double Weight(double x) => Math.Pow(x, -Exponent);

    private static double Integral(double x) => Math.Pow(x, Complement) / Complement;

    private static double InverseIntegral(double area) => Math.Pow(area * Complement, 1 / Complement);
}
