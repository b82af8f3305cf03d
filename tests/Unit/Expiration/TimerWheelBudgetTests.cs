using System.Diagnostics;
using Xunit;

namespace FastCache.Tests.Unit.Expiration;

/// <summary>Work that is done in parts, and time that does not pass evenly.</summary>
public class TimerWheelBudgetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(60)]
    public void No_more_slots_are_looked_at_than_allowed_and_the_rest_is_done_next_time(int budget)
    {
        const int Slots = 60;
        var slots = new TimedSlots(now: 10, Slots);
        for (int slot = 0; slot < Slots; slot++)
        {
            slots.Schedule(slot, 11 + (slot % 7 * 50));
        }

        var all = new List<int>();
        int parts = 1;
        for (; !slots.TryAdvance(1000, budget, out int[] expired); parts++)
        {
            Assert.True(slots.Wheel.NextTick <= 1000);
            Assert.Equal(budget * parts, slots.Looks);
            all.AddRange(expired);
        }

        Assert.True(slots.Wheel.NextTick > 1000);
        Assert.Equal(0, slots.Wheel.Count);
        Assert.Equal((Slots + budget - 1) / budget, parts);
    }

    [Fact]
    public void Without_a_budget_nothing_is_looked_at_and_nothing_lost()
    {
        var slots = new TimedSlots(now: 10);
        slots.Schedule(0, 100);
        slots.Schedule(1, 5000);

        Assert.True(slots.TryAdvance(50, budget: 0, out _));
        Assert.False(slots.TryAdvance(100, budget: 0, out _));
        Assert.False(slots.TryAdvance(6000, budget: 0, out _));

        Assert.Equal(0, slots.Looks);
        Assert.Equal([0, 1], slots.Advance(6000));
    }

    [Fact]
    public void What_is_scheduled_between_two_parts_expires_in_its_tick()
    {
        var slots = new TimedSlots(now: 10);
        for (int slot = 0; slot < 5; slot++)
        {
            slots.Schedule(slot, 100);
        }

        Assert.False(slots.TryAdvance(10_000, budget: 2, out _));
        slots.Schedule(10, 10_001);
        slots.Schedule(11, 20_000);
        slots.Schedule(12, 300);

        Assert.Equal(4, slots.Advance(10_000).Length);
        Assert.Equal([10], slots.Advance(10_001));
        Assert.Empty(slots.Advance(19_999));
        Assert.Equal([11], slots.Advance(20_000));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(1_000_000)]
    public void A_refused_slot_is_tried_again_a_tick_later_at_the_latest_and_no_more_often_than_once_a_level(long now)
    {
        var slots = new TimedSlots(now: 10);
        for (int slot = 0; slot < 5; slot++)
        {
            slots.Schedule(slot, 100);
            slots.Refused.Add(slot);
        }

        while (!slots.TryAdvance(now, budget: 3, out _))
        {
            Assert.InRange(slots.Looks, 3, 5 * 6);
        }

        Assert.InRange(slots.Looks, 5, 5 * 6);
        Assert.Equal(now + 1, slots.Wheel.NextTick);
        slots.Refused.Clear();
        Assert.Equal([0, 1, 2, 3, 4], slots.Advance(now + 1));
    }

    [Fact]
    public void An_earlier_tick_does_no_harm()
    {
        var slots = new TimedSlots(now: 1000);
        slots.Schedule(0, 1100);
        Assert.Empty(slots.Advance(1050));

        Assert.Empty(slots.Advance(1));
        Assert.Empty(slots.Advance(1049));
        slots.Schedule(1, 1040);

        Assert.Equal([1], slots.Advance(1051));
        Assert.Empty(slots.Advance(1099));
        Assert.Equal([0], slots.Advance(1100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(70)]
    [InlineData(99)]
    public void An_earlier_tick_between_two_parts_puts_nothing_off(long earlier)
    {
        var slots = new TimedSlots(now: 10);
        for (int slot = 0; slot < 5; slot++)
        {
            slots.Schedule(slot, 80 + slot);
        }

        Assert.False(slots.TryAdvance(100, budget: 2, out int[] first));
        Assert.True(slots.TryAdvance(earlier, budget: 5, out int[] second));
        Assert.True(slots.TryAdvance(100, budget: 5, out int[] third));

        Assert.Equal([0, 1, 2, 3, 4], first.Concat(second).Concat(third).Order());
    }

    [Fact]
    public void A_slot_that_became_due_earlier_without_a_word_is_noticed()
    {
        var slots = new TimedSlots(now: 10);
        slots.Schedule(0, 100);

        Assert.Throws<UnreachableException>(() => slots.Extend(0, 20));
    }
}
