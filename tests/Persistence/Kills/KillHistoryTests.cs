using Xunit;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>The judge of the killed processes would notice.</summary>
public sealed class KillHistoryTests
{
    private readonly KillHistory _history = new();

    [Fact]
    public void A_value_older_than_the_newest_acknowledged_is_a_fault()
    {
        Report("begin 1 Set 3 1", "ack 1", "begin 2 Set 3 2", "ack 2");

        AssertFound(3, faults: [0, 1, 7], rights: [2]);
    }

    [Fact]
    public void What_was_not_acknowledged_may_be_found_or_not()
    {
        Report("begin 1 Set 3 1", "ack 1", "begin 2 Set 3 2", "end 2", "begin 3 Set 3 3");
        _history.ProcessEnded();

        AssertFound(3, faults: [0], rights: [1, 2, 3]);
    }

    [Fact]
    public void What_a_dead_process_was_doing_does_not_come_back_after_a_later_acknowledgement()
    {
        Report("begin 1 Set 3 1");
        _history.ProcessEnded();
        Report("begin 1 Remove 3 0", "ack 1");

        AssertFound(3, faults: [1], rights: [0]);
    }

    [Fact]
    public void A_clear_and_a_write_at_the_same_time_may_be_in_either_order()
    {
        Report("begin 1 Set 3 1", "ack 1", "begin 2 Clear 0 0", "begin 3 Set 3 2", "ack 3", "ack 2");

        AssertFound(3, faults: [1], rights: [0, 2]);
    }

    [Fact]
    public void A_flush_acknowledges_what_had_ended_when_it_began()
    {
        Report("begin 1 Set 3 1", "end 1", "begin 2 Flush 0 0", "begin 3 Set 4 2", "end 3", "ack 2");

        AssertFound(3, faults: [0], rights: [1]);
        AssertFound(4, faults: [], rights: [0, 2]);
    }

    [Fact]
    public void What_a_restart_has_found_is_all_that_there_is()
    {
        Report("begin 1 Set 3 1", "end 1", "begin 2 Set 3 2", "end 2");
        _history.GoOnFrom(3, 1);

        AssertFound(3, faults: [0, 2], rights: [1]);
    }

    private void Report(params string[] lines)
    {
        foreach (string line in lines)
        {
            _history.Add(line);
        }
    }

    private void AssertFound(int key, long[] faults, long[] rights)
    {
        Assert.All(faults, counter => Assert.NotNull(_history.FaultOf(key, counter)));
        Assert.All(rights, counter => Assert.Null(_history.FaultOf(key, counter)));
    }
}
