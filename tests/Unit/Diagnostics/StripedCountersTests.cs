using FastCache.Diagnostics;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Diagnostics;

public sealed class StripedCountersTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void One_thread_counts_exactly_however_deep_its_stack_is(int stripes)
    {
        var counters = new StripedCounters(stripes);
        CountAtDepth(1000);

        Assert.Equal((1000, 2000), (counters.Hits, counters.Misses));

        // Some 300 KiB of stack.
        void CountAtDepth(int depth)
        {
            Span<long> room = stackalloc long[32];
            room[depth % room.Length] = depth;
            if (depth > 0)
            {
                counters.AddHit();
                CountAtDepth(depth - 1);
                counters.AddMiss();
                counters.AddMiss();
            }

            Assert.Equal(depth, room[depth % room.Length]);
        }
    }

    [Fact]
    public void No_more_than_256_stripes_are_made()
    {
        long most = Allocations.OfOne(static () => new StripedCounters(256));

        Assert.Equal(most, Allocations.OfOne(static () => new StripedCounters(100_000)));
        Assert.True(most > Allocations.OfOne(static () => new StripedCounters(128)));
    }

    [Fact]
    public void Threads_that_count_in_turn_lose_nothing()
    {
        var counters = new StripedCounters(stripes: 2);
        var turn = new Lock();

        Crew.Run(4, _ =>
        {
            for (int i = 0; i < 1000; i++)
            {
                lock (turn)
                {
                    counters.AddHit();
                    counters.AddMiss();
                }
            }
        });

        Assert.Equal((4000, 4000), (counters.Hits, counters.Misses));
    }

    [Fact]
    public void Threads_that_count_at_once_lose_counts_at_most_and_invent_none()
    {
        const int Counts = 50_000;
        var counters = new StripedCounters();

        Crew.Run(4, _ =>
        {
            for (int i = 0; i < Counts; i++)
            {
                counters.AddHit();
            }
        });

        // If all shared one stripe and each undid what the others did, the last store would still be one thread's last.
        Assert.InRange(counters.Hits, 1, 4 * Counts);
        Assert.Equal(0, counters.Misses);
    }
}
