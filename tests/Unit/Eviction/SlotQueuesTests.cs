using System.Diagnostics;
using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public class SlotQueuesTests
{
    [Fact]
    public void Each_queue_gives_its_slots_in_the_order_of_their_arrival()
    {
        var queues = new SlotQueues<UnitWeights>(room: 10, slotCount: 20, default);
        foreach (int slot in new[] { 5, 3, 19, 0 })
        {
            queues.Add(SlotQueue.Window, slot);
            queues.Add(SlotQueue.Protected, slot + (slot == 19 ? -1 : 1));
        }

        Assert.Equal([5, 3, 19, 0], Drain(queues, SlotQueue.Window));
        Assert.Equal([6, 4, 18, 1], Drain(queues, SlotQueue.Protected));
        Assert.Equal(0, queues.Total);
    }

    [Fact]
    public void An_empty_queue_has_no_tail()
    {
        var queues = new SlotQueues<UnitWeights>(room: 10, slotCount: 20, default);
        queues.Add(SlotQueue.Window, 1);

        Assert.False(queues.TryPeekTail(SlotQueue.Probation, out int slot));
        Assert.Equal(-1, slot);
    }

    [Fact]
    public void A_moved_tail_is_the_last_of_the_other_queue()
    {
        var queues = Filled(SlotQueue.Window, 0, 1, 2);
        queues.Add(SlotQueue.Probation, 9);
        Assert.True(queues.TryPeekTail(SlotQueue.Window, out _));

        queues.MoveTail(SlotQueue.Window, SlotQueue.Probation);

        Assert.Equal((2, 2, 4), (queues.Count(SlotQueue.Window), queues.Count(SlotQueue.Probation), queues.Total));
        Assert.Equal(SlotQueue.Probation, queues.QueueOf(0));
        AssertConsistent(queues, 0, 1, 2, 9);
        Assert.Equal([1, 2], Drain(queues, SlotQueue.Window));
        Assert.Equal([9, 0], Drain(queues, SlotQueue.Probation));
    }

    [Fact]
    public void A_tail_moved_within_its_queue_goes_last()
    {
        var queues = Filled(SlotQueue.Window, 0, 1, 2);
        Assert.True(queues.TryPeekTail(SlotQueue.Window, out _));

        queues.MoveTail(SlotQueue.Window, SlotQueue.Window);

        AssertConsistent(queues, 0, 1, 2);
        Assert.Equal([1, 2, 0], Drain(queues, SlotQueue.Window));
    }

    [Fact]
    public void A_removed_slot_is_skipped_and_can_be_added_elsewhere_at_once()
    {
        var queues = Filled(SlotQueue.Window, 0, 1, 2, 3);

        queues.Remove(0);
        queues.Remove(2);
        Assert.Equal(SlotQueue.None, queues.QueueOf(2));
        queues.Add(SlotQueue.Window, 2);
        queues.Add(SlotQueue.Protected, 0);

        AssertConsistent(queues, 0, 1, 2, 3);
        Assert.Equal([1, 3, 2], Drain(queues, SlotQueue.Window));
        Assert.Equal([0], Drain(queues, SlotQueue.Protected));
    }

    [Fact]
    public void A_slot_that_was_removed_and_added_again_32_times_stays_one_entry()
    {
        foreach (int repetitions in Enumerable.Range(1, 34))
        {
            var queues = Filled(SlotQueue.Window, 7, 1, 2);
            for (int i = 0; i < repetitions; i++)
            {
                queues.Remove(7);
                queues.Add(SlotQueue.Window, 7);
            }

            AssertConsistent(queues, 1, 2, 7);
            Assert.Equal(3, queues.Total);
            Assert.Equal([1, 2, 7], Drain(queues, SlotQueue.Window).Order());
        }
    }

    [Fact]
    public void A_position_that_only_passes_for_current_survives_moves_and_compaction_as_one_entry()
    {
        foreach (SlotQueue target in new[] { SlotQueue.Window, SlotQueue.Probation })
        {
            SlotQueues<UnitWeights> queues = WithTwoCurrentPositions();
            Assert.True(queues.TryPeekTail(SlotQueue.Window, out int early));
            Assert.Equal(7, early);

            queues.MoveTail(SlotQueue.Window, target);
            AssertConsistent(queues, 1, 7);
            queues.Compact();
            AssertConsistent(queues, 1, 7);

            Assert.Equal([1, 7], Drain(queues, SlotQueue.Window).Concat(Drain(queues, SlotQueue.Probation)).Order());
        }
    }

    [Fact]
    public void A_position_that_only_passes_for_current_is_not_left_by_compaction()
    {
        SlotQueues<UnitWeights> queues = WithTwoCurrentPositions();

        queues.Compact();
        Assert.True(queues.TryPeekTail(SlotQueue.Window, out int slot));
        queues.DropTail(SlotQueue.Window);

        Assert.Equal(7, slot);
        AssertConsistent(queues, 1);
        Assert.Equal([1], Drain(queues, SlotQueue.Window));
    }

    [Fact]
    public void A_position_that_only_passes_for_current_is_renumbered_once()
    {
        SlotQueues<UnitWeights> queues = WithTwoCurrentPositions();

        queues.Renumber([10, 11, 12, 13, 14, 15, 16, 17, 18, 19], room: 10, slotCount: 20);

        AssertConsistent(queues, 11, 17);
        Assert.Equal([11, 17], Drain(queues, SlotQueue.Window).Order());
    }

    [Fact]
    public void Compaction_keeps_the_order_and_drops_what_is_stale()
    {
        var queues = new SlotQueues<UnitWeights>(room: 500, slotCount: 500, default);
        for (int slot = 0; slot < 500; slot++)
        {
            queues.Add((SlotQueue)(1 + (slot % 3)), slot);
        }

        foreach (int slot in Enumerable.Range(0, 500).Where(slot => slot % 7 != 0))
        {
            queues.Remove(slot);
        }

        Assert.True(queues.IsStale);
        queues.Compact();

        Assert.False(queues.IsStale);
        AssertConsistent(queues, [.. Enumerable.Range(0, 500).Where(slot => slot % 7 == 0)]);
        for (int queue = 1; queue <= 3; queue++)
        {
            Assert.Equal(
                Enumerable.Range(0, 500).Where(slot => slot % 7 == 0 && 1 + (slot % 3) == queue), Drain(queues, (SlotQueue)queue));
        }
    }

    [Fact]
    public void A_few_stale_positions_are_not_worth_a_compaction()
    {
        var queues = new SlotQueues<UnitWeights>(room: 1000, slotCount: 1000, default);
        for (int slot = 0; slot < 1000; slot++)
        {
            queues.Add(SlotQueue.Window, slot);
        }

        int removed = 0;
        while (!queues.IsStale)
        {
            queues.Remove(removed++);
        }

        // More than an eighth of the entries that are left, and 32.
        Assert.InRange(removed, 32 + ((1000 - removed) / 8), 34 + ((1000 - removed) / 8));
    }

    [Fact]
    public void Slots_can_be_added_and_removed_for_ever_without_a_compaction_from_outside()
    {
        var queues = new SlotQueues<UnitWeights>(room: 8, slotCount: 16, default);
        for (int slot = 0; slot < 7; slot++)
        {
            queues.Add(SlotQueue.Protected, slot);
        }

        for (int i = 0; i < 10_000; i++)
        {
            int slot = 7 + (i % 9);
            queues.Add(SlotQueue.Window, slot);
            queues.Remove(slot);
        }

        AssertConsistent(queues, 0, 1, 2, 3, 4, 5, 6);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Drain(queues, SlotQueue.Protected));
    }

    [Fact]
    public void Renumbering_keeps_queues_and_order_and_forgets_what_has_no_new_number()
    {
        var queues = Filled(SlotQueue.Window, 4, 2, 0);
        queues.Add(SlotQueue.Probation, 1);
        queues.Add(SlotQueue.Probation, 3);
        queues.Remove(2);

        queues.Renumber([30, 31, 32, -1, 5, -1, -1, -1, -1, -1], room: 10, slotCount: 40);

        AssertConsistent(queues, 5, 30, 31);
        Assert.Equal((2, 1, 0), (queues.Count(SlotQueue.Window), queues.Count(SlotQueue.Probation), queues.Count(SlotQueue.Protected)));
        Assert.Equal([5, 30], Drain(queues, SlotQueue.Window));
        Assert.Equal([31], Drain(queues, SlotQueue.Probation));
    }

    [Fact]
    public void A_peek_ahead_names_the_coming_tails()
    {
        var queues = Filled(SlotQueue.Window, 4, 2, 0, 9);

        Assert.True(queues.TryPeekAhead(SlotQueue.Window, 2, out int slot));
        Assert.Equal(0, slot);
        Assert.False(queues.TryPeekAhead(SlotQueue.Window, 4, out _));
        Assert.False(queues.TryPeekAhead(SlotQueue.Probation, 0, out _));
    }

    [Fact]
    public void Disagreement_with_the_slots_in_use_is_noticed()
    {
        var queues = Filled(SlotQueue.Window, 1, 2);

        Assert.Throws<UnreachableException>(() => AssertConsistent(queues, 1));
        Assert.Throws<UnreachableException>(() => AssertConsistent(queues, 1, 2, 3));
    }

    /// <summary>Slot 7 has a position from 32 removals ago, one entry of slot 1 after it, and then its own.</summary>
    private static SlotQueues<UnitWeights> WithTwoCurrentPositions()
    {
        var queues = Filled(SlotQueue.Window, 7, 1);
        for (int i = 0; i < 32; i++)
        {
            queues.Remove(7);
            queues.Add(SlotQueue.Window, 7);
        }

        return queues;
    }

    private static SlotQueues<UnitWeights> Filled(SlotQueue queue, params int[] slots)
    {
        var queues = new SlotQueues<UnitWeights>(room: 10, slotCount: 10, default);
        foreach (int slot in slots)
        {
            queues.Add(queue, slot);
        }

        return queues;
    }

    private static List<int> Drain(SlotQueues<UnitWeights> queues, SlotQueue queue)
    {
        var slots = new List<int>();
        while (queues.TryPeekTail(queue, out int slot))
        {
            slots.Add(slot);
            queues.DropTail(queue);
        }

        return slots;
    }

    private static void AssertConsistent(SlotQueues<UnitWeights> queues, params int[] occupied)
        => queues.AssertConsistent(occupied.Contains);
}
