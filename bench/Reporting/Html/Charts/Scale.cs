using System.Globalization;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>Maps figures to places on an axis, and says which figures stand at it.</summary>
internal sealed class Scale
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _start;
    private readonly double _end;
    private readonly bool _isLogarithmic;

    private Scale(double from, double to, double start, double end, bool isLogarithmic, IReadOnlyList<double> ticks)
    {
        (_from, _to, _start, _end, _isLogarithmic, Ticks) = (from, to, start, end, isLogarithmic, ticks);
    }

    public IReadOnlyList<double> Ticks { get; }

    public double End => _to;

    /// <summary>From zero to <paramref name="most"/> or the next round figure, in about five steps.</summary>
    public static Scale FromZero(double most, double start, double end)
    {
        most = most > 0 ? most : 1;
        double step = RoundStep(most / 5);
        int steps = Math.Max(1, (int)Math.Ceiling((most / step) - 1e-9));
        return new Scale(0, steps * step, start, end, false, [.. Enumerable.Range(0, steps + 1).Select(tick => tick * step)]);
    }

    /// <summary>Between the powers of ten around the figures.</summary>
    public static Scale Decades(double least, double most, double start, double end)
    {
        int low = (int)Math.Floor(Math.Log10(least) + 1e-9);
        int high = Math.Max(low + 1, (int)Math.Ceiling(Math.Log10(most) - 1e-9));
        return new Scale(
            Math.Pow(10, low), Math.Pow(10, high), start, end, true, [.. Enumerable.Range(low, high - low + 1).Select(static power => Math.Pow(10, power))]);
    }

    /// <summary>Between two figures, which need not be round.</summary>
    public static Scale Between(double from, double to, double start, double end, bool isLogarithmic) =>
        new(from, to, start, end, isLogarithmic, []);

    public double PlaceOf(double value)
    {
        if (_from == _to)
        {
            return (_start + _end) / 2;
        }

        double share = _isLogarithmic ? Math.Log(value / _from) / Math.Log(_to / _from) : (value - _from) / (_to - _from);
        return _start + (Math.Clamp(share, 0, 1) * (_end - _start));
    }

    /// <summary>1, 2 or 5 times a power of ten, not below <paramref name="least"/>.</summary>
    private static double RoundStep(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double[] steps = [1, 2, 5, 10];
        double step = steps.First(step => step * power >= least * (1 - 1e-9)) * power;

        // 0.2 and not 0.20000000000000001.
        return double.Parse(step.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
