using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>With a capacity of 100 the window begins with 1 entry, main with 99, of which 79 may be protected.</summary>
public class FrecencyPolicyTests
{
    private const int Capacity = 100;

    [Fact]
    public void Readers_have_to_tell_it_of_hits() => Assert.Equal(0, FrecencyPolicy<UnitWeights>.InitialReferenced);

    [Fact]
    public void Newcomers_fill_main_through_the_window()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create();

        Assert.Empty(run.AskAll(Enumerable.Range(0, Capacity)));

        run.AssertConsistent();
        Assert.Equal(Capacity, run.Policy.Count);
    }

    [Fact]
    public void An_infrequent_candidate_is_evicted_itself()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();

        // Each newcomer pushes the one before it out of the window of one.
        Assert.Equal([99, 100, 101, 102, 103], run.AskAll(100, 101, 102, 103, 104));
        run.AssertConsistent();
    }

    [Fact]
    public void A_candidate_asked_for_once_is_turned_away_without_a_look_at_main()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        int before = run.Host.Questions;

        Assert.Equal([99, 100, 101], run.AskAll(100, 101, 102));

        Assert.Equal(before + 3, run.Host.Questions);
    }

    [Fact]
    public void A_frequent_candidate_replaces_an_infrequent_victim()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        Boost(run, 100, 3);

        run.Ask(100);
        int[] evicted = run.AskAll(101);

        Assert.Equal([0], evicted);
        Assert.Contains(100, run.Keys);
        run.AssertConsistent();
    }

    [Fact]
    public void A_candidate_asked_for_twice_does_not_beat_a_victim_asked_for_once_while_the_window_is_small()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        Boost(run, 100, 1);

        run.Ask(100);

        Assert.Equal([100], run.AskAll(101));
    }

    [Fact]
    public void A_victim_that_won_is_not_the_next_victim()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        BoostAll(run, Enumerable.Range(99, 4), 1);
        Assert.Equal([99, 100, 101], run.AskAll(100, 101, 102));
        Boost(run, 103, 3);

        run.Ask(103);

        Assert.Equal([4], run.AskAll(104));
    }

    [Fact]
    public void Referenced_entries_of_main_are_spared_for_the_first_that_is_not()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        run.AskAll(Enumerable.Range(0, 8));
        Boost(run, 99, 5);

        Assert.Equal([8], run.AskAll(100));

        Assert.All(Enumerable.Range(0, 8), key => Assert.False(run.Host.Referenced[run.SlotOf(key)]));
        run.AssertConsistent();
    }

    [Fact]
    public void A_candidate_goes_if_all_of_main_that_is_looked_at_is_in_use()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        run.AskAll(Enumerable.Range(0, 9));
        Boost(run, 99, 5);

        Assert.Equal([99], run.AskAll(100));

        // The ninth has not been looked at, and will be the first that is.
        Assert.True(run.Host.Referenced[run.SlotOf(8)]);
        Boost(run, 100, 5);
        Assert.Equal([9], run.AskAll(101));
        Assert.False(run.Host.Referenced[run.SlotOf(8)]);
        run.AssertConsistent();
    }

    [Theory]
    [InlineData(false, 99)]
    [InlineData(true, 0)]
    public void A_use_of_a_candidate_counts_when_its_turn_comes(bool isUsed, int evicted)
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        Boost(run, 99, 1);
        if (isUsed)
        {
            run.Ask(99);
        }

        Assert.Equal([evicted], run.AskAll(100));
    }

    [Fact]
    public void Protected_gives_back_its_oldest_when_it_holds_more_than_its_share()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        run.AskAll(Enumerable.Range(0, 99));

        // Each promotes eight, which is as much as one eviction does.
        BoostAll(run, Enumerable.Range(99, 13), 1);
        Assert.Equal(Enumerable.Range(99, 12), run.AskAll(Enumerable.Range(100, 12)));

        // Promotes the last three, which makes more than 79.
        Boost(run, 112, 4);
        Assert.Equal([111], run.AskAll(112));

        // The oldest of them, 0, has won against 111, and the next oldest loses against 112.
        Assert.Equal([1], run.AskAll(113));
        run.AssertConsistent();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(10_000)]
    public void The_work_of_one_eviction_is_bounded_even_if_everything_is_referenced(int capacity)
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create(capacity);
        run.AskAll(Enumerable.Range(0, capacity));
        for (int i = 0; i < 200; i++)
        {
            Array.Fill(run.Host.Referenced, true);
            int before = run.Host.Questions;

            Assert.NotNull(run.Evict());

            Assert.InRange(run.Host.Questions - before, 1, 70);
            run.Add(capacity + i);
        }

        run.AssertConsistent();
    }

    [Fact]
    public void An_empty_policy_has_nothing_to_evict()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create();

        Assert.Null(run.Evict());

        Assert.Equal(0, run.Host.Attempts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_smallest_capacities_work(int capacity)
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create(capacity);
        var random = new Random(capacity);
        for (int i = 0; i < 5000; i++)
        {
            run.Ask(random.Next(2 * capacity));
            run.AssertConsistent();
        }

        Assert.Equal(capacity, run.Keys.Count());
    }

    [Fact]
    public void A_slot_can_be_used_again_after_a_removal()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Full();
        for (int i = 0; i < 1000; i++)
        {
            int key = run.Keys.ElementAt(i % Capacity);
            run.Remove(key);
            run.AssertConsistent();
            run.Ask(1000 + i);
            run.AssertConsistent();
        }

        Assert.Empty(run.Host.Evicted);
    }

    [Fact]
    public void Many_removals_call_for_a_compaction_that_changes_nothing_else()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> first = Full();
        PolicyRun<FrecencyPolicy<UnitWeights>> second = Full();
        foreach (int key in Enumerable.Range(0, 60))
        {
            first.Remove(key);
            second.Remove(key);
        }

        Assert.True(first.Policy.NeedsCompaction);
        first.Policy.Compact();
        Assert.False(first.Policy.NeedsCompaction);

        first.AssertConsistent();
        Assert.Equal(second.AskAll(Enumerable.Range(200, 300)), first.AskAll(Enumerable.Range(200, 300)));
    }

    private static PolicyRun<FrecencyPolicy<UnitWeights>> Create(int capacity = Capacity)
        => new(capacity, setup => new FrecencyPolicy<UnitWeights>(setup));

    private static PolicyRun<FrecencyPolicy<UnitWeights>> Full()
    {
        PolicyRun<FrecencyPolicy<UnitWeights>> run = Create();
        run.AskAll(Enumerable.Range(0, Capacity));
        return run;
    }

    private static void BoostAll(PolicyRun<FrecencyPolicy<UnitWeights>> run, IEnumerable<int> keys, int times)
    {
        foreach (int key in keys)
        {
            Boost(run, key, times);
        }
    }

    /// <summary>As if a key had been asked for more often.</summary>
    private static void Boost(PolicyRun<FrecencyPolicy<UnitWeights>> run, int key, int times)
    {
        for (int i = 0; i < times; i++)
        {
            run.Policy.RecordMiss(PolicyRun<FrecencyPolicy<UnitWeights>>.HashOf(key));
        }
    }
}
