using Xunit;

namespace FastCache.Tests.Unit.Expiration;

/// <summary>Schedules that are cancelled, moved, extended, refused and renumbered.</summary>
public class TimerWheelChangeTests
{
    private const int InOneBucket = 5;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_cancelled_slot_does_not_expire_wherever_it_is_in_its_bucket(int cancelled)
    {
        foreach (long due in new long[] { 11, 100, 5000, 1_000_000 })
        {
            TimedSlots slots = Together(due);

            slots.Cancel(cancelled);
            slots.Cancel(cancelled);

            Assert.False(slots.Wheel.IsScheduled(cancelled));
            Assert.Equal(Enumerable.Range(0, InOneBucket).Where(slot => slot != cancelled), slots.Advance(due));
        }
    }

    [Fact]
    public void A_wheel_whose_slots_are_all_cancelled_has_nothing_to_do()
    {
        TimedSlots slots = Together(due: 100);
        foreach (int slot in new[] { 2, 0, 4, 1, 3 })
        {
            slots.Cancel(slot);
        }

        Assert.Equal((0, long.MaxValue), (slots.Wheel.Count, slots.Wheel.NextTick));
        Assert.Empty(slots.Advance(1000));
        slots.Schedule(2, 1001);
        Assert.Equal([2], slots.Advance(1001));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_slot_can_be_cancelled_while_its_bucket_is_opened(int which)
    {
        TimedSlots slots = Together(due: 100);
        Assert.False(slots.TryAdvance(100, budget: 2, out int[] expired));
        int[] left = [.. Enumerable.Range(0, InOneBucket).Except(expired)];

        slots.Cancel(left[which]);

        Assert.Equal(left.Where(slot => slot != left[which]), slots.Advance(100));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(101)]
    [InlineData(164)]
    [InlineData(5000)]
    public void A_slot_can_be_moved_out_of_an_opened_bucket(long due)
    {
        TimedSlots slots = Together(due: 100);
        Assert.False(slots.TryAdvance(100, budget: 2, out int[] expired));
        int moved = Enumerable.Range(0, InOneBucket).Except(expired).First();

        slots.Schedule(moved, due);

        int[] inTime = slots.Advance(Math.Max(101, due - 1));
        int[] last = due > 101 ? slots.Advance(due) : [];
        Assert.Equal(due > 101 ? [moved] : [], last);
        Assert.Equal(Enumerable.Range(0, InOneBucket), expired.Concat(inTime).Concat(last).Order());
    }

    [Theory]
    [InlineData(1000, 20)]
    [InlineData(1000, 999)]
    [InlineData(1000, 1001)]
    [InlineData(20, 100_000)]
    [InlineData(100_000_000, 64)]
    [InlineData(1000, 1000)]
    public void A_slot_that_is_moved_expires_in_its_new_tick_only(long first, long second)
    {
        var slots = new TimedSlots(now: 10);
        slots.Schedule(7, first);

        slots.Schedule(7, second);

        Assert.Equal(1, slots.Wheel.Count);
        Assert.Empty(slots.Advance(second - 1));
        Assert.Equal([7], slots.Advance(second));
        Assert.Empty(slots.Advance(first + second));
    }

    [Fact]
    public void An_extension_costs_nothing_until_the_tick_that_was_scheduled_and_one_look_a_level_from_then()
    {
        var slots = new TimedSlots(now: 10);
        slots.Schedule(7, 100);

        for (long due = 101; due <= 1_000_000; due += 997)
        {
            slots.Extend(7, due);
        }

        slots.Extend(7, 1_000_000);
        Assert.Equal(0, slots.Looks);
        for (long now = 11; now < 1_000_000; now++)
        {
            if (slots.Wheel.NextTick <= now)
            {
                Assert.Empty(slots.Advance(now));
            }
        }

        Assert.InRange(slots.Looks, 1, 5);
        Assert.Equal([7], slots.Advance(1_000_000));
    }

    [Fact]
    public void A_slot_that_its_host_cannot_expire_is_tried_once_a_tick_and_never_lost()
    {
        TimedSlots slots = Together(due: 100);
        slots.Refused.UnionWith([1, 3]);

        Assert.Equal([0, 2, 4], slots.Advance(100));
        Assert.Empty(slots.Advance(100));
        for (int now = 101; now < 300; now++)
        {
            Assert.Equal(now, slots.Wheel.NextTick);
            slots.Looks = 0;
            Assert.Empty(slots.Advance(now));
            Assert.Equal(2, slots.Looks);
        }

        slots.Refused.Remove(1);
        Assert.Empty(slots.Advance(299));
        Assert.Equal([1], slots.Advance(300));
        slots.Refused.Clear();
        Assert.Equal([3], slots.Advance(100_000));
    }

    [Fact]
    public void A_host_may_schedule_and_cancel_while_it_expires()
    {
        TimedSlots slots = Together(due: 100);
        slots.OnExpire = slot =>
        {
            if (slot == 4)
            {
                slots.Wheel.Cancel(4);
            }

            slots.OnExpire = null;
            int next = slot == 0 ? 1 : 0;
            slots.Cancel(next);
            slots.Schedule(10, 50);
            slots.Schedule(11, 101);
        };

        int[] expired = slots.Advance(100);

        Assert.Equal(InOneBucket - 1, expired.Count(slot => slot < InOneBucket));
        Assert.Equal([10, 11], expired.Where(slot => slot >= InOneBucket).Concat(slots.Advance(101)).Order());
    }

    [Fact]
    public void Renumbered_slots_expire_when_they_would_have_under_their_old_numbers()
    {
        var slots = new TimedSlots(now: 10, slotCount: 6);
        long[] dues = [11, 100, 100, 5000, 1L << 35, 100];
        for (int slot = 0; slot < dues.Length; slot++)
        {
            slots.Schedule(slot, dues[slot]);
        }

        slots.Renumber([95, 4, -1, 0, 3, 99], newSlotCount: 100);

        Assert.Equal(5, slots.Wheel.Count);
        Assert.Equal([95], slots.Advance(11));
        Assert.Equal([4, 99], slots.Advance(100));
        Assert.Equal([0], slots.Advance(5000));
        Assert.Empty(slots.Advance((1L << 35) - 1));
        Assert.Equal([3], slots.Advance(1L << 35));
    }

    [Fact]
    public void Renumbering_keeps_what_is_left_of_an_opened_bucket()
    {
        TimedSlots slots = Together(due: 100);
        slots.Schedule(10, 100_000);
        Assert.False(slots.TryAdvance(100, budget: 2, out int[] expired));
        int[] left = [.. Enumerable.Range(0, InOneBucket).Except(expired)];
        int[] newSlots = [.. Enumerable.Repeat(-1, 64)];
        (newSlots[left[0]], newSlots[left[2]], newSlots[10]) = (8, 0, 1);

        slots.Renumber(newSlots, newSlotCount: 9);

        Assert.Equal([0, 8], slots.Advance(100));
        Assert.Equal([1], slots.Advance(100_000));
    }

    [Fact]
    public void Renumbering_that_forgets_every_slot_leaves_nothing_to_do()
    {
        TimedSlots slots = Together(due: 100);

        slots.Renumber([.. Enumerable.Repeat(-1, 64)], newSlotCount: 3);

        Assert.Equal((0, long.MaxValue), (slots.Wheel.Count, slots.Wheel.NextTick));
        Assert.Empty(slots.Advance(1000));
    }

    private static TimedSlots Together(long due)
    {
        var slots = new TimedSlots(now: 10);
        for (int slot = 0; slot < InOneBucket; slot++)
        {
            slots.Schedule(slot, due);
        }

        return slots;
    }
}
