using FastCache.Expiration;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Expiration;

/// <summary>What time it is.</summary>
public class CoarseClockTests
{
    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(Tick.Length);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_time_provider_has_one_clock_and_another_provider_has_another()
    {
        var other = new ManualTimeProvider();

        CoarseClock clock = CoarseClock.For(_time);

        Assert.Same(clock, CoarseClock.For(_time));
        Assert.NotSame(clock, CoarseClock.For(other));
    }

    [Fact]
    public void Threads_that_ask_for_the_first_time_together_get_the_same_clock()
    {
        for (int round = 0; round < 100; round++)
        {
            var time = new ManualTimeProvider();
            var clocks = new CoarseClock[4];

            Crew.Run(clocks.Length, number => clocks[number] = CoarseClock.For(time));

            Assert.All(clocks, clock => Assert.Same(clocks[0], clock));
        }
    }

    [Fact]
    public void Time_is_never_0_and_neither_is_the_tick()
    {
        var clock = new CoarseClock(_time);

        Assert.Equal(Tick.Length, clock.Refresh());
        Assert.Equal(1u, clock.Cell.Now);
    }

    [Fact]
    public void Time_goes_on_as_the_providers_does_and_the_cell_moves_once_a_tick()
    {
        var clock = new CoarseClock(_time);
        for (int half = 0; half < 100; half++)
        {
            Assert.Equal(Tick.Length + (half * Tick.Length / 2), clock.Refresh());
            Assert.Equal((uint)(1 + (half / 2)), clock.Cell.Now);
            _time.Advance(OneTick / 2);
        }
    }

    [Fact]
    public void A_tick_begins_where_its_number_says_though_the_origin_lies_within_one()
    {
        var clock = new CoarseClock(_time, origin: (7 * Tick.Length) + 100);
        Assert.Equal(7u, clock.Cell.Now);

        _time.Advance(TimeSpan.FromTicks(Tick.Length - 101));
        Assert.Equal((8 * Tick.Length) - 1, clock.Refresh());
        Assert.Equal(7u, clock.Cell.Now);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(8 * Tick.Length, clock.Refresh());
        Assert.Equal(8u, clock.Cell.Now);
    }

    [Fact]
    public void The_cell_stays_where_it_is_until_somebody_asks_for_the_time()
    {
        var clock = new CoarseClock(_time);

        _time.Advance(OneTick * 10);

        Assert.Equal(1u, clock.Cell.Now);
        clock.Refresh();
        Assert.Equal(11u, clock.Cell.Now);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(3_600_000)]
    [InlineData(86_400_000_000)]
    public void After_a_jump_back_time_goes_on_from_the_tick_where_it_was(long milliseconds)
    {
        var clock = new CoarseClock(_time);
        _time.Advance(OneTick * 10.5);
        long before = clock.Refresh();

        _time.JumpBack(TimeSpan.FromMilliseconds(milliseconds));
        long after = clock.Refresh();

        Assert.InRange(after, 11 * Tick.Length, before);
        Assert.Equal(11u, clock.Cell.Now);
        for (int ticks = 1; ticks <= 100; ticks++)
        {
            _time.Advance(OneTick);
            Assert.Equal(after + (ticks * Tick.Length), clock.Refresh());
            Assert.Equal((uint)(11 + ticks), clock.Cell.Now);
        }
    }

    [Fact]
    public void Ticks_never_go_back_however_often_the_provider_does()
    {
        var random = new Random(4711);
        var clock = new CoarseClock(_time);
        long last = 0;
        for (int i = 0; i < 10_000; i++)
        {
            TimeSpan step = OneTick * (random.NextDouble() * random.Next(1, 100));
            if (random.Next(2) == 0)
            {
                _time.JumpBack(step);
            }
            else
            {
                _time.Advance(step);
            }

            long tick = Tick.Of(clock.Refresh());
            Assert.True(tick >= last, $"step {i} (seed 4711): tick {tick} after {last}");
            Assert.Equal((uint)tick, clock.Cell.Now);
            last = tick;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(1000)]
    public void A_jump_over_years_moves_the_cell_and_the_last_tick_is_where_it_stays(int years)
    {
        var clock = new CoarseClock(_time);
        long start = _time.GetTimestamp();
        TimeSpan jump = (TimeSpan.FromDays(365) * years) + (OneTick / 2);

        _time.Advance(jump);

        // Time providers calculate with floating point: over centuries some microseconds are lost.
        Assert.Equal(Tick.Length + _time.GetElapsedTime(start).Ticks, clock.Refresh());
        Assert.Equal(Tick.Saturate(1 + (jump.Ticks / Tick.Length)), clock.Cell.Now);
        _time.Advance(OneTick);
        Assert.Equal(Tick.Length + _time.GetElapsedTime(start).Ticks, clock.Refresh());
        Assert.Equal(Tick.Saturate(2 + (jump.Ticks / Tick.Length)), clock.Cell.Now);
    }

    [Fact]
    public void Near_the_last_tick_the_cell_stops_and_time_goes_on()
    {
        var clock = new CoarseClock(_time, origin: (Tick.Last - 2) * Tick.Length);
        var cells = new List<uint>();
        for (long tick = Tick.Last - 2; tick < Tick.Last + 5L; tick++)
        {
            Assert.Equal(tick, Tick.Of(clock.Refresh()));
            cells.Add(clock.Cell.Now);
            _time.Advance(OneTick);
        }

        Assert.Equal([Tick.Last - 2, Tick.Last - 1, Tick.Last, Tick.Last, Tick.Last, Tick.Last, Tick.Last], cells);
    }

    [Fact]
    public void Threads_never_see_time_or_cell_go_back_and_the_cell_is_moved_when_the_time_is_told()
    {
        const int Rounds = 50_000;
        var clock = new CoarseClock(_time);

        Crew.Run(4, number =>
        {
            long last = 0;
            uint lastCell = 0;
            for (int i = 0; i < Rounds; i++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(7 + number));
                long now = clock.Refresh();
                uint cell = clock.Cell.Now;
                Assert.True(now >= last, $"{now} after {last}");
                Assert.True(cell >= lastCell, $"cell {cell} after {lastCell}");
                Assert.True(cell >= Tick.Of(now), $"cell {cell} in tick {Tick.Of(now)}");
                (last, lastCell) = (now, cell);
            }
        });

        Assert.Equal(Tick.Length + (Rounds * TimeSpan.FromMilliseconds(7 + 8 + 9 + 10).Ticks), clock.Refresh());
    }
}
