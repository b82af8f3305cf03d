using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Timing;

public class TickTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(Tick.Length - 1, 0)]
    [InlineData(Tick.Length, 1)]
    [InlineData((7 * Tick.Length) + 1, 7)]
    [InlineData(long.MaxValue, long.MaxValue / Tick.Length)]
    public void A_moment_lies_in_the_tick_that_began_last(long time, long tick)
        => Assert.Equal(tick, Tick.Of(time));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(Tick.Length - 1, 1)]
    [InlineData(Tick.Length, 1)]
    [InlineData(Tick.Length + 1, 2)]
    [InlineData(7 * Tick.Length, 7)]
    [InlineData(long.MaxValue, (long.MaxValue / Tick.Length) + 1)]
    public void The_first_tick_at_or_after_a_moment_is_rounded_up(long time, long tick)
        => Assert.Equal(tick, Tick.AtOrAfter(time));

    [Theory]
    [InlineData(long.MinValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData((long)Tick.Last - 1, Tick.Last - 1)]
    [InlineData((long)Tick.Last, Tick.Last)]
    [InlineData((long)Tick.Never, Tick.Last)]
    [InlineData((long)Tick.Never + 1, Tick.Last)]
    [InlineData(long.MaxValue, Tick.Last)]
    public void A_tick_that_does_not_fit_is_the_nearest_that_does_and_is_never_the_one_that_never_comes(long tick, uint saturated)
        => Assert.Equal(saturated, Tick.Saturate(tick));
}
