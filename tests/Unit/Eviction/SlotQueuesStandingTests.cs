using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>Where entries stand, and how many places of entries that have gone there are.</summary>
public sealed class SlotQueuesStandingTests
{
    private readonly SlotQueues<UnitWeights> _queues = new(room: 100, slotCount: 100, default);

    public static TheoryData<int> Queues => [(int)SlotQueue.Window, (int)SlotQueue.Probation, (int)SlotQueue.Protected];

    [Fact]
    public void An_entry_stands_behind_those_that_came_before_it()
    {
        AddAll(SlotQueue.Window, 10, 11, 12, 13);
        AddAll(SlotQueue.Probation, 20);
        AddAll(SlotQueue.Protected, 30, 31);
        _queues.Remove(11);

        SlotStanding[] standings = _queues.Standings();

        Assert.Equal(100, standings.Length);
        Assert.Equal(new SlotStanding(SlotQueue.Window, Ahead: 0, Behind: 2), standings[10]);
        Assert.Equal(new SlotStanding(SlotQueue.Window, Ahead: 1, Behind: 1), standings[12]);
        Assert.Equal(new SlotStanding(SlotQueue.Window, Ahead: 2, Behind: 0), standings[13]);
        Assert.Equal(new SlotStanding(SlotQueue.Probation, Ahead: 0, Behind: 0), standings[20]);
        Assert.Equal(new SlotStanding(SlotQueue.Protected, Ahead: 0, Behind: 1), standings[30]);
        Assert.Equal(new SlotStanding(SlotQueue.Protected, Ahead: 1, Behind: 0), standings[31]);
        Assert.Equal(6, standings.Count(static standing => standing.Queue != SlotQueue.None));
    }

    [Fact]
    public void An_entry_with_two_places_stands_at_the_first()
    {
        AddAll(SlotQueue.Window, 7, 1);
        for (int i = 0; i < 32; i++)
        {
            _queues.Remove(7);
            _queues.Add(SlotQueue.Window, 7);
        }

        SlotStanding[] standings = _queues.Standings();

        Assert.Equal(new SlotStanding(SlotQueue.Window, Ahead: 0, Behind: 1), standings[7]);
        Assert.Equal(new SlotStanding(SlotQueue.Window, Ahead: 1, Behind: 0), standings[1]);
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public void More_than_32_places_of_entries_that_have_gone_call_for_a_compaction_in_whatever_queue(int queue)
    {
        AddAll((SlotQueue)queue, [.. Enumerable.Range(0, 33)]);
        for (int slot = 0; slot < 32; slot++)
        {
            _queues.Remove(slot);
            Assert.False(_queues.IsStale);
        }

        _queues.Remove(32);

        Assert.True(_queues.IsStale);
        _queues.Compact();
        Assert.False(_queues.IsStale);
    }

    [Fact]
    public void Entries_that_leave_at_the_tail_leave_no_place_behind()
    {
        AddAll(SlotQueue.Probation, [.. Enumerable.Range(0, 100)]);
        while (_queues.TryPeekTail(SlotQueue.Probation, out _))
        {
            _queues.DropTail(SlotQueue.Probation);
        }

        Assert.False(_queues.IsStale);
    }

    [Fact]
    public void The_first_slot_is_a_new_number_like_any_other()
    {
        AddAll(SlotQueue.Window, 1, 2);
        int[] newSlots = new int[100];
        Array.Fill(newSlots, -1);
        (newSlots[1], newSlots[2]) = (5, 0);

        _queues.Renumber(newSlots, room: 10, slotCount: 10);

        _queues.AssertConsistent(static slot => slot is 0 or 5);
        Assert.Equal(2, _queues.Total);
    }

    private void AddAll(SlotQueue queue, params int[] slots) => Array.ForEach(slots, slot => _queues.Add(queue, slot));
}
