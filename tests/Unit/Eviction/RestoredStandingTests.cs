using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>What each policy makes of where entries stood before it began.</summary>
public sealed class RestoredStandingTests
{
    [Fact]
    public void The_clock_and_first_in_first_out_put_an_entry_last_whatever_queue_it_was_in()
    {
        AssertOneQueue(static setup => new ClockPolicy<UnitWeights>(setup));
        AssertOneQueue(static setup => new FifoPolicy<UnitWeights>(setup));
    }

    [Theory]
    [InlineData((int)SlotQueue.Window)]
    [InlineData((int)SlotQueue.Probation)]
    [InlineData((int)SlotQueue.Protected)]
    public void Frecency_puts_an_entry_last_in_its_queue(int queue)
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Frecency();

        run.Policy.MoveToHead(run.SlotOf(3), (SlotQueue)queue);
        run.Policy.MoveToHead(run.SlotOf(7), (SlotQueue)queue);

        SlotStanding[] standings = run.Policy.Standings();
        Assert.Equal(((SlotQueue)queue, 0), (standings[run.SlotOf(7)].Queue, standings[run.SlotOf(7)].Behind));
        Assert.Equal(((SlotQueue)queue, 1), (standings[run.SlotOf(3)].Queue, standings[run.SlotOf(3)].Behind));
        run.AssertConsistent();
    }

    [Fact]
    public void Frecency_leaves_an_entry_without_a_queue_in_the_one_that_it_has()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Frecency();
        SlotStanding[] before = run.Policy.Standings();

        Assert.All(run.Keys.Select(run.SlotOf), slot =>
        {
            run.Policy.MoveToHead(slot, SlotQueue.None);
            Assert.Equal((before[slot].Queue, 0), (run.Policy.Standings()[slot].Queue, run.Policy.Standings()[slot].Behind));
        });
        run.AssertConsistent();
    }

    [Fact]
    public void Frecency_takes_a_frequency_for_its_own()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Frecency();
        uint hash = PolicyRun<FrecencyPolicy<UnitWeights>>.HashOf(3);

        run.Policy.Recall(hash, 9);
        run.Policy.Recall(hash, 4);

        Assert.Equal(9, run.Policy.FrequencyOf(hash));
    }

    [Fact]
    public void Frecency_goes_on_with_the_window_that_there_was()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Frecency();

        run.Policy.SetWindowShare(0.5);

        Assert.Equal(0.5, run.Policy.WindowShare);
        Assert.Empty(run.AskAll(Enumerable.Range(100, 50)));
        Assert.Equal(50, run.Policy.Standings().Count(static standing => standing.Queue == SlotQueue.Window));
        run.AssertConsistent();
    }

    private static PolicyRun<FrecencyPolicy<UnitWeights>> Frecency() => Fill(static setup => new FrecencyPolicy<UnitWeights>(setup));

    private static void AssertOneQueue<TPolicy>(Func<PolicySetup<UnitWeights>, TPolicy> create)
        where TPolicy : struct, IEvictionPolicy
    {
        PolicyRun<TPolicy> run = Fill(create);
        run.Policy.Recall(PolicyRun<TPolicy>.HashOf(5), 9);
        run.Policy.SetWindowShare(0.5);
        Assert.Null(run.Policy.FrequencyOf(PolicyRun<TPolicy>.HashOf(5)));
        Assert.Null(run.Policy.WindowShare);

        int[] order = [4, 0, 9, 2, 7, 1, 8, 3, 6, 5];
        Array.ForEach(order, key => run.Policy.MoveToHead(run.SlotOf(key), (SlotQueue)(key % 4)));

        run.AssertConsistent();
        Assert.Equal(order.Select(static key => (int?)key), order.Select(_ => run.Evict()));
    }

    /// <summary>A shard for a hundred keys with ten.</summary>
    private static PolicyRun<TPolicy> Fill<TPolicy>(Func<PolicySetup<UnitWeights>, TPolicy> create)
        where TPolicy : struct, IEvictionPolicy
    {
        var run = new PolicyRun<TPolicy>(100, create);
        run.AskAll(Enumerable.Range(0, 10));
        return run;
    }
}
