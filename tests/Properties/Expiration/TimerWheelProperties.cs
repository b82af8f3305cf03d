using FastCache.Expiration;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Expiration;

public class TimerWheelProperties
{
    private static readonly int[] SlotCounts = [1, 2, 300];

    /// <summary>Where digits of the tick change: those of each level, and those above the last one.</summary>
    public static TheoryData<long> Starts =>
        [0, 64, 4096, 1L << 18, 1L << 24, 1L << 30, 3L << 30, 1L << 32, 1L << 36, 5L << 36, 1L << 42];

    [Theory]
    [MemberData(nameof(Starts))]
    public void Every_scheduled_slot_expires_exactly_once_and_never_early(long start)
        => Steps.Check(sequences: 100, longest: 300, steps =>
        {
            var model = new TimerWheelModel(slotCount: 30, Around(start, steps));
            foreach (Step step in steps)
            {
                model.Do(step);
            }

            model.Finish();
        });

    [Theory]
    [MemberData(nameof(Starts))]
    public void Many_slots_and_few_of_them_agree_with_the_dictionary_alike(long start)
        => Steps.Check(sequences: 10, longest: 600, steps =>
        {
            foreach (int slotCount in SlotCounts)
            {
                var model = new TimerWheelModel(slotCount, Around(start, steps));
                foreach (Step step in steps)
                {
                    model.Do(step);
                }

                model.Finish();
            }
        });

    [Theory]
    [MemberData(nameof(Starts))]
    public void Going_from_next_tick_to_next_tick_expires_every_slot_in_its_very_tick(long start)
        => Steps.Check(sequences: 30, longest: 300, steps =>
        {
            long now = Around(start, steps);
            long[] dues = [.. steps.Select(step => now + Distances.Of(step.Argument, now))];
            var wheel = new TimerWheel(dues.Length, now);
            var host = new FixedHost(dues);
            for (int slot = 0; slot < dues.Length; slot++)
            {
                wheel.Schedule(slot, dues[slot]);
            }

            while (wheel.Count > 0)
            {
                host.Now = wheel.NextTick;
                Assert.True(host.Now > now);
                now = host.Now;
                Assert.True(wheel.Advance(now, host, int.MaxValue));
            }

            Assert.Equal(dues, host.ExpiredAt);
        });

    private static long Around(long start, Step[] steps)
        => Math.Max(1, start - 5000 + (steps.Length == 0 ? 0 : steps[0].Argument));

    private sealed class FixedHost(long[] dues) : ITimerHost
    {
        public long Now { get; set; }

        public long[] ExpiredAt { get; } = new long[dues.Length];

        public long DueTick(int slot) => dues[slot];

        public bool TryExpire(int slot)
        {
            ExpiredAt[slot] = ExpiredAt[slot] == 0 ? Now : -1;
            return true;
        }
    }
}
