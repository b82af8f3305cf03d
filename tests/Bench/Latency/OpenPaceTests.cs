using FastCache.Bench.Latency;
using Xunit;

namespace FastCache.Tests.Bench.Latency;

public sealed class OpenPaceTests
{
    private const long Period = 1_000;

    [Theory]
    [InlineData(5_000, 5_030, 5_030)]
    [InlineData(5_000, 6_000, 6_000)]
    [InlineData(5_000, 6_001, 5_000)]
    [InlineData(5_000, 900_000, 5_000)]
    public void An_operation_that_is_late_by_more_than_a_period_counts_from_when_it_was_due(long due, long now, long countsFrom)
        => Assert.Equal(countsFrom, OpenPace.CountsFrom(due, now, Period));
}
