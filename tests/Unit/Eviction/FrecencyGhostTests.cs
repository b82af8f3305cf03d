using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>How misses steer the window: with a capacity of 100 a step is one entry, and the window begins with one.</summary>
public class FrecencyGhostTests
{
    private const int Capacity = 100;

    [Fact]
    public void A_ghost_of_the_window_makes_the_window_larger()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        Assert.Equal([99], run.AskAll(100));

        // Room for two in the window now, so that main gives up an entry without a contest.
        Assert.Equal([0], run.AskAll(99));
        run.AssertConsistent();
    }

    [Fact]
    public void A_key_that_was_never_there_does_not_move_the_window()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        Assert.Equal([99], run.AskAll(100));

        Assert.Equal([100], run.AskAll(101));
    }

    [Fact]
    public void A_ghost_of_main_makes_the_window_smaller()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        run.AskAll(100, 99);

        // Back to one: 100 passes to main without a contest, 99 has to stand one, and loses.
        Assert.Equal([99], run.AskAll(0));
        run.AssertConsistent();
    }

    [Fact]
    public void A_ghost_counts_once()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        run.AskAll(100, 99);
        run.Remove(99);
        run.Ask(99);

        // Two in the window: 100, the older, stands a contest with main. Room for three would have spared it.
        Assert.Equal([100], run.AskAll(200));
    }

    [Fact]
    public void A_removal_leaves_no_ghost()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        run.Remove(99);
        run.Ask(99);

        Assert.Equal([99], run.AskAll(200));
    }

    [Theory]
    [InlineData(1050)]
    [InlineData(1100)]
    [InlineData(1300)]
    [InlineData(2000)]
    [InlineData(5000)]
    public void A_loop_that_does_not_fit_is_kept_in_part(int keys)
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create(1000);
        run.CountHits(Enumerable.Range(0, 10 * keys).Select(i => i % keys));

        int hits = run.CountHits(Enumerable.Range(0, 10 * keys).Select(i => i % keys));

        run.AssertConsistent();

        // First in, first out would never hit; 1000 hits a round are the best that is possible.
        Assert.InRange(hits, 10 * 800, 10 * 1000);
    }

    [Fact]
    public void A_working_set_that_wanders_is_hit_nearly_always()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create(1000);
        var random = new Random(20260102);

        int hits = run.CountHits(Enumerable.Range(0, 50_000).Select(i => (i / 100) + random.Next(300)));

        run.AssertConsistent();
        Assert.InRange(hits, 50_000 * 95 / 100, 50_000);
    }

    [Theory]
    [InlineData(104)]
    [InlineData(200)]
    public void Other_slot_numbers_change_no_decision(int slotCount)
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> moved = Full();
        PolicyRun<FrecencyPolicy<UnitWeights>> unmoved = Full();
        var random = new Random(20260103);
        for (int i = 0; i < 2000; i++)
        {
            int key = random.Next(10 + random.Next(200));
            Assert.Equal(unmoved.AskAll(key), moved.AskAll(key));
            if (i % 500 == 250)
            {
                int lost = unmoved.Keys.Min();
                moved.Renumber(slotCount, lost);
                unmoved.Remove(lost);
                moved.AssertConsistent();
            }
        }

        moved.AssertConsistent();
        Assert.NotEmpty(moved.Host.Evicted);
    }

    private static PolicyRun<FrecencyPolicy<UnitWeights>> Create(int capacity)
        => new(capacity, setup => new FrecencyPolicy<UnitWeights>(setup));

    private static PolicyRun<FrecencyPolicy<UnitWeights>> Full()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create(Capacity);
        run.AskAll(Enumerable.Range(0, Capacity));
        return run;
    }
}
