using FastCache.Bench.Advise;
using Xunit;

namespace FastCache.Tests.Bench.Advise;

/// <summary>Which capacity a curve recommends, if each doubling must bring two points.</summary>
public sealed class HitRateCurveTests
{
    private const double TwoPoints = 0.02;

    [Fact]
    public void A_curve_that_flattens_is_followed_until_it_does()
        => Assert.Equal(400, Recommended((100, 0.30), (200, 0.40), (400, 0.45), (800, 0.46), (1600, 0.465)));

    [Fact]
    public void A_cliff_behind_a_plateau_counts_if_it_pays_for_the_plateau()
        => Assert.Equal(1600, Recommended((100, 0.30), (200, 0.301), (400, 0.302), (800, 0.303), (1600, 0.99)));

    [Fact]
    public void A_cliff_that_does_not_pay_for_the_plateau_does_not_count()
        => Assert.Equal(100, Recommended((100, 0.30), (200, 0.30), (400, 0.30), (800, 0.30), (1600, 0.37)));

    [Fact]
    public void A_step_that_is_no_doubling_needs_as_much_less()
        => Assert.Equal(1100, Recommended((1000, 0.30), (1100, 0.303)));

    [Fact]
    public void More_room_that_does_harm_is_not_recommended()
        => Assert.Equal(100, Recommended((100, 0.30), (200, 0.29)));

    private static int Recommended(params (int Capacity, double HitRate)[] points) => new HitRateCurve(points).Recommend(TwoPoints);
}
