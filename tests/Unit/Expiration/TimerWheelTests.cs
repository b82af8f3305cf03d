using FastCache.Expiration;
using Xunit;

namespace FastCache.Tests.Unit.Expiration;

/// <summary>What is scheduled expires in its tick.</summary>
public class TimerWheelTests
{
    private static readonly long[] Distances =
    [
        1, 2, 62, 63, 64, 65, 127, 128, 4095, 4096, 4097, 4160, (1 << 18) - 1, 1 << 18, (1 << 18) + 1,
        (1 << 24) - 1, 1 << 24, (1 << 24) + 1, TimerWheel.Horizon - 1, TimerWheel.Horizon,
    ];

    private static readonly long[] DistancesBeyondTheHorizon =
    [
        TimerWheel.Horizon + 1, (2 * TimerWheel.Horizon) - 1, 2 * TimerWheel.Horizon, (2 * TimerWheel.Horizon) + 1,
        (63 * TimerWheel.Horizon) + 5, 64 * TimerWheel.Horizon, (64 * TimerWheel.Horizon) + 1, 200 * TimerWheel.Horizon,
    ];

    /// <summary>Starts from which digits of every level, and those above the last level, change soon or at once.</summary>
    public static TheoryData<long> Starts =>
    [
        1, 62, 63, 64, 4095, 4096, (1L << 18) - 1, (1L << 24) - 1, (1L << 30) - 2, (1L << 30) - 1, 1L << 30, (1L << 31) - 1,
        (1L << 32) - 1, 1L << 32, (1L << 36) - (1L << 30) - 1, (1L << 36) - 65, (1L << 36) - 1, 1L << 36, (5L << 36) - 1,
        (1L << 42) - 1, 0x1234_5678_9ABC,
    ];

    [Theory]
    [MemberData(nameof(Starts))]
    public void A_slot_expires_in_its_tick_and_not_before_across_every_boundary(long start)
        => Assert.All(Distances, distance => AssertExpiresOnTime(start, start + distance));

    [Theory]
    [MemberData(nameof(Starts))]
    public void What_is_due_beyond_the_horizon_expires_in_its_tick_all_the_same(long start)
        => Assert.All(DistancesBeyondTheHorizon, distance => AssertExpiresOnTime(start, start + distance));

    [Theory]
    [MemberData(nameof(Starts))]
    public void Slots_at_all_distances_expire_each_in_its_tick(long start)
    {
        var slots = new TimedSlots(start);
        long[] dues = [.. Distances.Concat(DistancesBeyondTheHorizon).Select(distance => start + distance)];
        for (int slot = 0; slot < dues.Length; slot++)
        {
            slots.Schedule(slot, dues[slot]);
        }

        foreach (int slot in Enumerable.Range(0, dues.Length))
        {
            // Neighbours in the list are also neighbours in time.
            if (slot == 0 || dues[slot - 1] < dues[slot] - 1)
            {
                Assert.Empty(slots.Advance(dues[slot] - 1));
            }

            Assert.Equal([slot], slots.Advance(dues[slot]));
        }

        Assert.Equal(0, slots.Wheel.Count);
        Assert.Equal(long.MaxValue, slots.Wheel.NextTick);
    }

    [Theory]
    [MemberData(nameof(Starts))]
    public void One_slot_a_tick_expires_one_slot_a_tick(long start)
    {
        const int Ticks = 5000;
        var wheel = new TimerWheel(Ticks, start - 1);
        for (int slot = 0; slot < Ticks; slot++)
        {
            wheel.Schedule(slot, start + slot);
        }

        var host = new PlainHost(start);
        for (int slot = 0; slot < Ticks; slot++)
        {
            Assert.Equal(start + slot, wheel.NextTick);
            Assert.True(wheel.Advance(start + slot, host, int.MaxValue));
            Assert.Equal(slot, host.Last);
            Assert.Equal(slot + 1, host.Count);
        }
    }

    [Theory]
    [InlineData(-1000)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void A_tick_that_has_passed_counts_as_the_next_one(long distance)
    {
        var slots = new TimedSlots(now: 1000);

        slots.Schedule(5, 1000 + distance);

        Assert.Equal(1001, slots.Wheel.NextTick);
        Assert.Empty(slots.Advance(1000));
        Assert.Equal([5], slots.Advance(1001));
    }

    [Fact]
    public void Nothing_is_scheduled_in_a_new_wheel_nor_in_one_without_slots()
    {
        foreach (int slotCount in new[] { 0, 1, 100 })
        {
            var slots = new TimedSlots(now: 7, slotCount);

            Assert.Equal((0, long.MaxValue), (slots.Wheel.Count, slots.Wheel.NextTick));
            Assert.Empty(slots.Advance(1L << 40));
            Assert.False(slotCount > 0 && slots.Wheel.IsScheduled(slotCount - 1));
        }
    }

    [Fact]
    public void The_next_tick_is_never_later_than_the_first_that_is_due()
    {
        var slots = new TimedSlots(now: 4000);
        slots.Schedule(0, 1_000_000);
        Assert.InRange(slots.Wheel.NextTick, 4001, 1_000_000);
        slots.Schedule(1, 5000);
        Assert.InRange(slots.Wheel.NextTick, 4001, 5000);
        slots.Schedule(2, 4100);
        Assert.InRange(slots.Wheel.NextTick, 4001, 4100);
        slots.Schedule(3, 4001);
        Assert.Equal(4001, slots.Wheel.NextTick);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void Eight_bytes_a_slot_and_little_more_are_taken(int slotCount)
        => Assert.InRange(new TimerWheel(slotCount, now: 1).SizeInBytes, 8L * slotCount, (8L * slotCount) + 2048);

    /// <summary>Whatever the steps in which time passes.</summary>
    private static void AssertExpiresOnTime(long start, long due)
    {
        var atOnce = new TimedSlots(start);
        atOnce.Schedule(3, due);
        Assert.Equal([3], atOnce.Advance(due));

        var tooLate = new TimedSlots(start);
        tooLate.Schedule(3, due);
        Assert.Equal([3], tooLate.Advance(due + 12_345));

        var halves = new TimedSlots(start);
        halves.Schedule(3, due);
        for (long now = start; now < due - 1; now += (due - now) / 2)
        {
            Assert.Empty(halves.Advance(now));
        }

        Assert.Empty(halves.Advance(due - 1));
        Assert.Equal([3], halves.Advance(due));

        var hops = new TimedSlots(start);
        hops.Schedule(3, due);
        while (hops.Wheel.NextTick < due)
        {
            Assert.Empty(hops.Advance(hops.Wheel.NextTick));
        }

        Assert.Equal(due, hops.Wheel.NextTick);
        Assert.Equal([3], hops.Advance(due));
    }

    /// <summary>Slot n is due at the first tick plus n.</summary>
    private sealed class PlainHost(long first) : ITimerHost
    {
        public int Count { get; private set; }

        public int Last { get; private set; }

        public long DueTick(int slot) => first + slot;

        public bool TryExpire(int slot)
        {
            (Last, Count) = (slot, Count + 1);
            return true;
        }
    }
}
