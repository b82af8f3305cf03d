using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public class AdaptiveWindowTests
{
    // Enough to go from one percent to 95 and beyond.
    private const int Steps = 20_000;

    public static TheoryData<int> Capacities => [1, 2, 3, 10, 50, 99, 100, 101, 1000, 12_345, 1_000_000, 100_000_000];

    [Theory]
    [MemberData(nameof(Capacities))]
    public void It_begins_at_one_percent(int capacity)
    {
        var sizes = new AdaptiveWindow(capacity);

        Assert.Equal(Math.Max(1, capacity / 100), sizes.Window);
        AssertParts(sizes, capacity);
    }

    [Theory]
    [MemberData(nameof(Capacities))]
    public void It_grows_to_95_percent_and_shrinks_to_one(int capacity)
    {
        var sizes = new AdaptiveWindow(capacity);
        long window = sizes.Window;
        for (int i = 0; i < Steps; i++)
        {
            sizes.Grow(entryWeight: 1);
            Assert.True(sizes.Window >= window);
            window = sizes.Window;
            AssertParts(sizes, capacity);
        }

        Assert.Equal(Math.Max(1, (int)(0.95 * capacity)), sizes.Window);

        for (int i = 0; i < Steps; i++)
        {
            sizes.Shrink(entryWeight: 1);
            Assert.True(sizes.Window <= window);
            window = sizes.Window;
            AssertParts(sizes, capacity);
        }

        Assert.Equal(Math.Max(1, capacity / 100), sizes.Window);
    }

    [Fact]
    public void A_step_is_one_entry_or_a_twentieth_of_a_thousandth()
    {
        var small = new AdaptiveWindow(1000);
        small.Grow(entryWeight: 1);
        Assert.Equal(11, small.Window);
        small.Shrink(entryWeight: 1);
        Assert.Equal(10, small.Window);

        var large = new AdaptiveWindow(1_000_000);
        large.Grow(entryWeight: 1);
        Assert.Equal(10_050, large.Window);
    }

    [Fact]
    public void Steps_forth_and_back_leave_the_window_where_it_was()
    {
        var sizes = new AdaptiveWindow(1234);
        for (int i = 0; i < 100; i++)
        {
            sizes.Grow(entryWeight: 1);
        }

        long window = sizes.Window;
        for (int i = 0; i < 10_000; i++)
        {
            sizes.Grow(entryWeight: 1);
            sizes.Shrink(entryWeight: 1);
        }

        Assert.Equal(window, sizes.Window);
    }

    [Fact]
    public void It_does_not_grow_while_nearly_every_entry_of_main_is_used()
    {
        var sizes = new AdaptiveWindow(1000);
        for (int i = 0; i < 1000; i++)
        {
            sizes.ObserveMain(wasUsed: i % 10 != 0);
        }

        sizes.Grow(entryWeight: 1);
        Assert.Equal(10, sizes.Window);

        for (int i = 0; i < 1000; i++)
        {
            sizes.ObserveMain(wasUsed: i % 2 == 0);
        }

        sizes.Grow(entryWeight: 1);
        Assert.Equal(11, sizes.Window);
    }

    [Fact]
    public void It_shrinks_however_much_main_is_used()
    {
        var sizes = new AdaptiveWindow(1000);
        sizes.Grow(entryWeight: 1);
        for (int i = 0; i < 1000; i++)
        {
            sizes.ObserveMain(wasUsed: true);
        }

        sizes.Shrink(entryWeight: 1);

        Assert.Equal(10, sizes.Window);
    }

    [Theory]
    [InlineData(10, 0, 0)]
    [InlineData(10, 1, 2)]
    [InlineData(10, 14, 15)]
    [InlineData(20, 1, 2)]
    [InlineData(21, 1, 1)]
    [InlineData(21, 2, 3)]
    [InlineData(150, 1, 1)]
    [InlineData(150, 2, 3)]
    [InlineData(151, 2, 2)]
    [InlineData(151, 15, 15)]
    public void A_victim_has_an_allowance_while_the_window_is_small(int window, int frequency, int counted)
    {
        var sizes = new AdaptiveWindow(1000);
        while (sizes.Window < window)
        {
            sizes.Grow(entryWeight: 1);
        }

        Assert.Equal(window, sizes.Window);
        Assert.Equal(counted, sizes.WithAllowance(frequency));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_window_of_one_entry_is_tiny_whatever_the_capacity(int capacity)
        => Assert.Equal(2, new AdaptiveWindow(capacity).WithAllowance(1));

    [Theory]
    [InlineData(500)]
    [InlineData(2000)]
    public void Another_capacity_is_divided_in_the_same_shares(int capacity)
    {
        var sizes = new AdaptiveWindow(1000);
        while (sizes.Window < 200)
        {
            sizes.Grow(entryWeight: 1);
        }

        AdaptiveWindow other = sizes.Of(capacity);

        Assert.Equal(capacity / 5, other.Window);
        AssertParts(other, capacity);
    }

    [Fact]
    public void Another_capacity_does_not_make_main_less_used()
    {
        var sizes = new AdaptiveWindow(1000);
        for (int i = 0; i < 1000; i++)
        {
            sizes.ObserveMain(wasUsed: true);
        }

        AdaptiveWindow other = sizes.Of(2000);
        other.Grow(entryWeight: 1);

        Assert.Equal(20, other.Window);
    }

    [Fact]
    public void The_window_of_another_capacity_keeps_to_its_bounds()
    {
        var sizes = new AdaptiveWindow(10);
        for (int i = 0; i < 10; i++)
        {
            sizes.Grow(entryWeight: 1);
        }

        Assert.Equal(1, new AdaptiveWindow(1000).Of(1).Window);
        Assert.Equal(950, sizes.Of(1000).Window);
        Assert.Equal(1, sizes.Of(1).Window);
    }

    private static void AssertParts(AdaptiveWindow sizes, int capacity)
    {
        Assert.True(
            sizes.Window >= 1
            && sizes.Window + sizes.Main == capacity
            && sizes.Protected == (int)(0.8 * sizes.Main),
            $"capacity {capacity}: window {sizes.Window}, main {sizes.Main}, protected {sizes.Protected}");
    }
}
