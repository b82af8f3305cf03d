using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public class ClockPolicyTests
{
    private const int Chances = 64;

    [Fact]
    public void Readers_have_to_tell_it_of_hits() => Assert.Equal(0, ClockPolicy<UnitWeights>.InitialReferenced);

    [Fact]
    public void One_eviction_gives_no_more_than_64_entries_another_round()
    {
        PolicyRun<ClockPolicy<UnitWeights>> run = Full(1000);
        Array.Fill(run.Host.Referenced, true);

        Assert.Equal(64, run.Evict());

        Assert.InRange(run.Host.Questions, 64, 66);
        Assert.Equal(64, run.Keys.Count(key => !run.Host.Referenced[run.SlotOf(key)]));
        run.AssertConsistent();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(10, 3)]
    [InlineData(100, 4)]
    [InlineData(300, 5)]
    public void It_evicts_what_the_textbook_evicts(int capacity, int seed)
    {
        PolicyRun<ClockPolicy<UnitWeights>> run = Create(capacity);
        var reference = new ReferenceClock(capacity, Chances);
        var random = new Random(seed);
        for (int i = 0; i < 5000; i++)
        {
            int key = random.Next(1 + random.Next(3 * capacity));
            if (i % 20 == 19 && run.Keys.Contains(key))
            {
                run.Remove(key);
                reference.Remove(key);
                continue;
            }

            int? expected = reference.Ask(key);
            Assert.Equal(expected is null ? [] : [expected.Value], run.AskAll(key));
        }

        run.AssertConsistent();
    }

    [Fact]
    public void An_empty_policy_has_nothing_to_evict() => Assert.Null(Create(10).Evict());

    [Fact]
    public void As_long_as_one_entry_can_go_it_does()
    {
        for (int key = 0; key < 20; key++)
        {
            PolicyRun<ClockPolicy<UnitWeights>> run = Full(20);
            run.Host.Refusing.UnionWith(run.Keys.Where(other => other != key).Select(run.SlotOf));

            Assert.Equal(key, run.Evict());
            Assert.Null(run.Evict());
            run.AssertConsistent();
        }
    }

    [Fact]
    public void If_nothing_can_go_it_says_so_and_nothing_is_lost()
    {
        PolicyRun<ClockPolicy<UnitWeights>> run = Full(20);
        run.Host.Refusing.UnionWith(run.Keys.Select(run.SlotOf));

        Assert.Null(run.Evict());
        run.AssertConsistent();
        Assert.InRange(run.Host.Attempts, 20, 21);

        run.Host.Refusing.Clear();
        for (int left = 20; left > 0; left--)
        {
            Assert.NotNull(run.Evict());
        }

        Assert.Null(run.Evict());
    }

    [Fact]
    public void Other_slot_numbers_change_no_decision()
    {
        PolicyRun<ClockPolicy<UnitWeights>> moved = Full(20);
        PolicyRun<ClockPolicy<UnitWeights>> unmoved = Full(20);
        moved.AskAll(3, 5);
        unmoved.AskAll(3, 5);

        moved.Renumber(64, 0, 7);
        unmoved.Remove(0);
        unmoved.Remove(7);

        moved.AssertConsistent();
        Assert.Equal(unmoved.AskAll(Enumerable.Range(50, 40)), moved.AskAll(Enumerable.Range(50, 40)));
    }

    [Fact]
    public void Many_removals_call_for_a_compaction_that_changes_nothing_else()
    {
        PolicyRun<ClockPolicy<UnitWeights>> run = Full(100);
        for (int key = 0; key < 90; key++)
        {
            run.Remove(key);
        }

        Assert.True(run.Policy.NeedsCompaction);
        run.Policy.Compact();
        Assert.False(run.Policy.NeedsCompaction);

        run.AssertConsistent();
        run.AskAll(Enumerable.Range(100, 90));
        Assert.Equal(Enumerable.Range(90, 20), run.AskAll(Enumerable.Range(200, 20)));
    }

    [Fact]
    public void Whatever_comes_is_worth_what_it_pushes_out()
    {
        PolicyRun<ClockPolicy<UnitWeights>> run = Full(10);

        Assert.True(run.Policy.Admits(run.Host, hash: 1, weight: 10, excess: 10));
    }

    private static PolicyRun<ClockPolicy<UnitWeights>> Create(int capacity)
        => new(capacity, setup => new ClockPolicy<UnitWeights>(setup));

    private static PolicyRun<ClockPolicy<UnitWeights>> Full(int capacity)
    {
        PolicyRun<ClockPolicy<UnitWeights>> run = Create(capacity);
        run.AskAll(Enumerable.Range(0, capacity));
        return run;
    }
}
