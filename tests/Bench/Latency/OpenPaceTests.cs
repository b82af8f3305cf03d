using System.Diagnostics;
using FastCache.Bench.Latency;
using Xunit;

namespace FastCache.Tests.Bench.Latency;

public sealed class OpenPaceTests
{
    [Fact]
    public void An_operation_that_is_late_counts_from_when_it_was_due()
    {
        long period = Stopwatch.Frequency / 1_000;
        long begin = Stopwatch.GetTimestamp();
        OpenPace pace = new(period);
        pace.AwaitNext();

        // Whatever the machine does: ten operations are due by the time the next one asks.
        while (Stopwatch.GetTimestamp() < begin + (11 * period))
        {
        }

        long[] starts = [.. Enumerable.Range(0, 8).Select(_ => pace.AwaitNext())];

        Assert.All(starts, start => Assert.True(start < begin + (11 * period)));
        Assert.All(starts.Skip(1).Zip(starts), step => Assert.Equal(period, step.First - step.Second));
    }

    [Fact]
    public void An_operation_that_is_not_late_begins_when_it_is_due_or_after()
    {
        long period = Stopwatch.Frequency / 1_000;
        long begin = Stopwatch.GetTimestamp();
        OpenPace pace = new(period);

        Assert.True(pace.AwaitNext() >= begin);
        Assert.True(pace.AwaitNext() >= begin + period);
        Assert.True(pace.AwaitNext() >= begin + (2 * period));
    }
}
