using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>A window goes on from the part of the capacity that another one had.</summary>
public sealed class AdaptiveWindowShareTests
{
    public static TheoryData<int> Capacities => AdaptiveWindowTests.Capacities;

    [Theory]
    [MemberData(nameof(Capacities))]
    public void A_window_that_is_given_the_share_of_another_is_as_large(int capacity)
    {
        var moved = new AdaptiveWindow(capacity);
        for (int step = 0; step < 1000; step++)
        {
            var other = new AdaptiveWindow(capacity);
            other.SetWindowShare(moved.WindowShare);

            Assert.Equal(moved.WindowShare, other.WindowShare, tolerance: 1e-12);
            Assert.InRange(other.Window, moved.Window - 1, moved.Window + 1);
            Assert.Equal((capacity - other.Window, (long)(0.8 * other.Main)), (other.Main, other.Protected));
            moved.Grow(entryWeight: 1 + (step % 7));
        }
    }

    [Theory]
    [MemberData(nameof(Capacities))]
    public void A_share_below_the_least_or_above_the_largest_is_taken_for_that(int capacity)
    {
        var least = new AdaptiveWindow(capacity);
        var largest = new AdaptiveWindow(capacity);
        largest.Grow(entryWeight: capacity);

        Assert.All((double[])[0.95, 0.96, 1, 2, 1e300, double.PositiveInfinity], share => AssertShare(share, largest));
        Assert.All((double[])[0.01, 0.001, 0, -1, -1e300, double.NegativeInfinity], share => AssertShare(share, least));

        void AssertShare(double share, AdaptiveWindow expected)
        {
            var sizes = new AdaptiveWindow(capacity);
            sizes.SetWindowShare(share);
            Assert.Equal((expected.WindowShare, expected.Window, expected.Main), (sizes.WindowShare, sizes.Window, sizes.Main));
        }
    }

    [Fact]
    public void A_share_is_one_of_any_capacity()
    {
        var sizes = new AdaptiveWindow(1000);
        sizes.SetWindowShare(0.25);

        Assert.Equal((250, 750, 600), (sizes.Window, sizes.Main, sizes.Protected));
        Assert.Equal((500, 0.25), (sizes.Of(2000).Window, sizes.Of(2000).WindowShare));
    }

    [Fact]
    public void The_window_moves_on_from_there()
    {
        var sizes = new AdaptiveWindow(1000);
        sizes.SetWindowShare(0.25);

        sizes.Grow(entryWeight: 1);
        Assert.Equal(251, sizes.Window);
        sizes.Shrink(entryWeight: 2);
        Assert.Equal(249, sizes.Window);
    }
}
