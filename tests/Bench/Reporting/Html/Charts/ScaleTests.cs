using FastCache.Bench.Reporting.Html.Charts;
using Xunit;

namespace FastCache.Tests.Bench.Reporting.Html.Charts;

/// <summary>Axes that people can read.</summary>
public sealed class ScaleTests
{
    [Theory]
    [InlineData(0.9, 1, 6)]
    [InlineData(1.01, 1.5, 4)]
    [InlineData(37, 40, 5)]
    [InlineData(736_887, 800_000, 5)]
    [InlineData(0, 1, 6)]
    public void An_axis_goes_from_zero_to_a_round_figure_in_a_few_steps(double most, double end, int ticks)
    {
        Scale scale = Scale.FromZero(most, 0, 100);

        Assert.Equal(0, scale.Ticks[0]);
        Assert.Equal(end, scale.End, 9);
        Assert.Equal(ticks, scale.Ticks.Count);
        Assert.Equal(100, scale.PlaceOf(end * 2));
        Assert.Equal(25, scale.PlaceOf(end / 4), 9);
    }

    [Theory]
    [InlineData(30, 50_000_000, 10, 100_000_000, 8)]
    [InlineData(10, 1_000, 10, 1_000, 3)]
    [InlineData(10, 10, 10, 100, 2)]
    public void A_logarithmic_axis_has_the_powers_of_ten_around_its_figures(double least, double most, double start, double end, int ticks)
    {
        Scale scale = Scale.Decades(least, most, 0, 100);

        Assert.Equal(start, scale.Ticks[0], 6);
        Assert.Equal(end, scale.Ticks[^1], 6);
        Assert.Equal(ticks, scale.Ticks.Count);
        Assert.Equal(50, scale.PlaceOf(Math.Sqrt(start * end)), 6);
    }

    [Fact]
    public void A_single_figure_stands_in_the_middle() => Assert.Equal(50, Scale.Between(5, 5, 0, 100, isLogarithmic: true).PlaceOf(5));
}
