using BenchmarkDotNet.Attributes;
using FastCache.Bench.Workloads;
using FastCache.Expiration;
using FastCache.Timing;

namespace FastCache.Bench.Bdn;

/// <summary>
/// The timer wheel: passes over all slots in random order, due at random ticks within a minute. Times are of a whole pass;
/// only that of <see cref="AdvanceWithNothingDue"/> is of one call.
/// </summary>
[MemoryDiagnoser]
public class TimerWheelBenchmarks
{
    private const long TicksPerMinute = TimeSpan.TicksPerMinute / Tick.Length;
    private const long FirstTick = 1_000_000;

    private readonly PriorityQueue<int, long> _heap = new();
    private Host _host = null!;
    private TimerWheel _wheel = null!;
    private int[] _order = [];
    private long[] _delays = [];
    private long _now;

    public static IEnumerable<int> SlotCounts => BdnScale.Choose(small: [100_000], full: [1_000, 100_000, 1_000_000]);

    [ParamsSource(nameof(SlotCounts))]
    public int Slots { get; set; }

    [GlobalSetup]
    public void Draw()
    {
        var random = new SplitMix64(seed: 1);
        _delays = new long[Slots];
        _order = [.. Enumerable.Range(0, Slots)];
        for (int slot = 0; slot < Slots; slot++)
        {
            _delays[slot] = 1 + random.NextBelow(TicksPerMinute);
            int other = (int)random.NextBelow(slot + 1);
            (_order[slot], _order[other]) = (_order[other], _order[slot]);
        }

        Empty();
    }

    [IterationSetup(Target = nameof(Schedule))]
    public void Empty()
    {
        _now = FirstTick;
        _host = new Host(Slots);
        _wheel = new TimerWheel(Slots, _now);
    }

    [IterationSetup(Target = nameof(Cancel))]
    public void Fill()
    {
        Empty();
        ScheduleAll();
    }

    [GlobalSetup(Target = nameof(Reschedule))]
    public void DrawAndFill()
    {
        Draw();
        ScheduleAll();
    }

    [GlobalSetup(Target = nameof(AdvanceWithNothingDue))]
    public void DrawAndFillForEver()
    {
        Draw();
        Array.Fill(_delays, 1L << 60);
        ScheduleAll();
    }

    [IterationCleanup(Target = nameof(Schedule))]
    public void VerifyFull() => Verify.That(_wheel.Count == Slots, "Not every slot is scheduled.");

    [IterationCleanup(Target = nameof(Cancel))]
    public void VerifyEmpty() => Verify.That(_wheel.Count == 0, "Not every slot is cancelled.");

    [Benchmark]
    public void Schedule() => ScheduleAll();

    [Benchmark]
    public void Cancel()
    {
        foreach (int slot in _order)
        {
            _wheel.Cancel(slot);
        }
    }

    /// <summary>Every slot gets the tick of another one.</summary>
    [Benchmark]
    public void Reschedule()
    {
        int other = (int)(_now % Slots);
        foreach (int slot in _order)
        {
            _wheel.Schedule(slot, FirstTick + _delays[other]);
            other = other + 1 == Slots ? 0 : other + 1;
        }

        _now++;
        Verify.That(_wheel.Count == Slots, "Not every slot is scheduled.");
    }

    [Benchmark]
    public void AdvanceWithNothingDue()
    {
        _wheel.Advance(++_now, _host, int.MaxValue);
        Verify.That(_host.Expired == 0, "Something was due.");
    }

    /// <summary>What everybody would take in place of a wheel: a heap, for the same as <see cref="ScheduleAndExpire"/>.</summary>
    [Benchmark(Baseline = true)]
    public void HeapScheduleAndExpire()
    {
        foreach (int slot in _order)
        {
            _heap.Enqueue(slot, _now + _delays[slot]);
        }

        int expired = 0;
        for (long end = _now + TicksPerMinute; _now < end;)
        {
            _now++;
            while (_heap.TryPeek(out _, out long due) && due <= _now)
            {
                _heap.Dequeue();
                expired++;
            }
        }

        Verify.That(expired == Slots && _heap.Count == 0, "Not every slot has expired.");
    }

    /// <summary>The minute passes tick by tick.</summary>
    [Benchmark]
    public void ScheduleAndExpire()
    {
        ScheduleAll();
        long expired = _host.Expired;
        for (long end = _now + TicksPerMinute; _now < end;)
        {
            _wheel.Advance(++_now, _host, int.MaxValue);
        }

        Verify.That(_host.Expired - expired == Slots && _wheel.Count == 0, "Not every slot has expired.");
    }

    private void ScheduleAll()
    {
        foreach (int slot in _order)
        {
            long due = _now + _delays[slot];
            _host.Due[slot] = due;
            _wheel.Schedule(slot, due);
        }
    }

    private sealed class Host(int slots) : ITimerHost
    {
        public long[] Due { get; } = new long[slots];

        public long Expired { get; private set; }

        public long DueTick(int slot) => Due[slot];

        public bool TryExpire(int slot)
        {
            Expired++;
            return true;
        }
    }
}
