using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>What happens when an entry cannot be evicted at the moment, because it is being updated.</summary>
public class FrecencyRefusalTests
{
    private const int Capacity = 100;

    [Fact]
    public void A_victim_that_cannot_go_counts_as_referenced_and_the_next_one_goes()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        Boost(run, 99);
        run.Host.Refusing.Add(run.SlotOf(0));

        Assert.Equal(1, run.Evict());
        run.AssertConsistent();

        // Once it can go, it is not the next: it went to protected.
        run.Host.Refusing.Clear();
        Boost(run, 100);
        run.Add(100);
        Assert.Equal(2, run.Evict());
    }

    [Fact]
    public void A_candidate_that_cannot_go_counts_as_referenced_and_another_entry_goes()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        run.Host.Refusing.Add(run.SlotOf(99));

        int? evicted = run.Evict();

        Assert.NotNull(evicted);
        Assert.NotEqual(99, evicted);
        run.AssertConsistent();
    }

    [Fact]
    public void Whatever_single_entry_cannot_go_another_does()
    {
        for (int key = 0; key < Capacity; key++)
        {
            PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
            run.Host.Refusing.Add(run.SlotOf(key));

            int? evicted = run.Evict();

            Assert.True(evicted is not null && evicted != key, $"while {key} could not go, {evicted} went");
            run.AssertConsistent();
        }
    }

    [Fact]
    public void As_long_as_one_entry_can_go_it_does()
    {
        for (int key = 0; key < Capacity; key++)
        {
            PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
            run.Host.Refusing.UnionWith(run.Keys.Where(other => other != key).Select(run.SlotOf));

            Assert.Equal(key, run.Evict());
            Assert.Null(run.Evict());
            run.AssertConsistent();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void If_nothing_can_go_it_says_so_and_nothing_is_lost(int capacity)
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full(capacity);
        foreach (int key in run.Keys)
        {
            run.Host.Refusing.Add(run.SlotOf(key));
        }

        Assert.Null(run.Evict());
        run.AssertConsistent();
        Assert.InRange(run.Host.Attempts, 1, 2 * (capacity + 1));

        run.Host.Refusing.Clear();
        for (int left = capacity; left > 0; left--)
        {
            Assert.NotNull(run.Evict());
            run.AssertConsistent();
        }
    }

    private static PolicyRun<FrecencyPolicy<UnitWeights>> Full(int capacity = Capacity)
    {
        var run = new PolicyRun<FrecencyPolicy<UnitWeights>>(
            capacity, setup => new FrecencyPolicy<UnitWeights>(setup));
        run.AskAll(Enumerable.Range(0, capacity));
        return run;
    }

    private static void Boost(PolicyRun<FrecencyPolicy<UnitWeights>> run, int key)
    {
        for (int i = 0; i < 5; i++)
        {
            run.Policy.RecordMiss(PolicyRun<FrecencyPolicy<UnitWeights>>.HashOf(key));
        }
    }
}
