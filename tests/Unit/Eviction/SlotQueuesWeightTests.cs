using System.Diagnostics;
using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>At any time a queue weighs what its entries weigh.</summary>
public sealed class SlotQueuesWeightTests
{
    private readonly StoredWeights _weights = new(slotCount: 10);
    private readonly SlotQueues<StoredWeights> _queues;

    public SlotQueuesWeightTests()
    {
        _queues = new SlotQueues<StoredWeights>(room: 10, slotCount: 10, _weights);
        foreach ((int slot, int weight) in new[] { (1, 5), (2, 7), (3, 11) })
        {
            _weights.Set(slot, weight);
            _queues.Add(SlotQueue.Window, slot);
        }
    }

    [Fact]
    public void An_added_entry_counts_in_its_queue()
        => AssertWeights(window: 23, probation: 0, followed: [1, 2, 3]);

    [Fact]
    public void A_moved_entry_counts_in_the_queue_that_it_has_come_to()
    {
        Assert.True(_queues.TryPeekTail(SlotQueue.Window, out _));
        _queues.MoveTail(SlotQueue.Window, SlotQueue.Probation);
        AssertWeights(window: 18, probation: 5, followed: [1, 2, 3]);

        Assert.True(_queues.TryPeekTail(SlotQueue.Window, out _));
        _queues.MoveTail(SlotQueue.Window, SlotQueue.Window);
        AssertWeights(window: 18, probation: 5, followed: [1, 2, 3]);
    }

    [Fact]
    public void An_entry_that_has_gone_counts_no_more()
    {
        _queues.Remove(2);
        Forget(2);
        AssertWeights(window: 16, probation: 0, followed: [1, 3]);

        Assert.True(_queues.TryPeekTail(SlotQueue.Window, out int slot));
        _queues.DropTail(SlotQueue.Window);
        Forget(slot);
        AssertWeights(window: 11, probation: 0, followed: [3]);
    }

    [Fact]
    public void An_entry_with_another_weight_counts_with_that()
    {
        _queues.Reweigh(2, 70);
        _weights.Set(2, 70);
        AssertWeights(window: 86, probation: 0, followed: [1, 2, 3]);

        _queues.Reweigh(2, 1);
        _weights.Set(2, 1);
        AssertWeights(window: 17, probation: 0, followed: [1, 2, 3]);
    }

    [Fact]
    public void Renumbered_entries_keep_their_weights()
    {
        int[] newSlots = [-1, 0, -1, 4, -1, -1, -1, -1, -1, -1];
        _weights.Renumber(newSlots, 10);

        _queues.Renumber(newSlots, room: 10, slotCount: 10);

        AssertWeights(window: 16, probation: 0, followed: [0, 4]);
    }

    [Fact]
    public void A_weight_that_the_queues_were_not_told_of_is_noticed()
    {
        _weights.Set(3, 12);

        Assert.Throws<UnreachableException>(() => _queues.AssertConsistent(slot => slot is 1 or 2 or 3));
    }

    [Fact]
    public void Entries_that_all_weigh_the_same_are_counted()
    {
        var queues = new SlotQueues<UnitWeights>(room: 10, slotCount: 10, default);
        queues.Add(SlotQueue.Protected, 4);
        queues.Add(SlotQueue.Protected, 5);

        Assert.Equal((2, 0), (queues.Weight(SlotQueue.Protected), queues.Weight(SlotQueue.Window)));
    }

    // The weights of slots that hold nothing are whatever was there; the check wants none.
    private void Forget(int slot) => _weights.Set(slot, 0);

    private void AssertWeights(long window, long probation, int[] followed)
    {
        Assert.Equal((window, probation, 0), (_queues.Weight(SlotQueue.Window), _queues.Weight(SlotQueue.Probation), _queues.Weight(SlotQueue.Protected)));
        _queues.AssertConsistent(followed.Contains);
    }
}
