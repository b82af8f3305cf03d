using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public class FrequencySketchTests
{
    private const int Capacity = 1000;
    private const int Period = 20 * Capacity;

    [Fact]
    public void A_hash_never_recorded_counts_zero_in_an_empty_sketch()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);

        for (uint i = 0; i < 1000; i++)
        {
            Assert.Equal(0, sketch.Estimate(Hash(i)));
        }
    }

    [Fact]
    public void Counts_rise_by_one_and_stop_at_fifteen()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        for (int count = 1; count <= 100; count++)
        {
            sketch.Record(12345);

            Assert.Equal(Math.Min(count, 15), sketch.Estimate(12345));
        }
    }

    [Fact]
    public void An_estimate_is_never_too_low_before_ageing_and_seldom_too_high()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        int[] exact = new int[2 * Capacity];
        var random = new Random(20260101);
        for (int i = 0; i < Period - 1; i++)
        {
            // A few are asked for often, most rarely.
            int key = (int)(exact.Length * Math.Pow(random.NextDouble(), 3));
            exact[key]++;
            sketch.Record(Hash((uint)key));
        }

        int tooHigh = 0;
        for (int key = 0; key < exact.Length; key++)
        {
            int estimate = sketch.Estimate(Hash((uint)key));
            Assert.True(estimate >= Math.Min(15, exact[key]), $"key {key}: {estimate}, recorded {exact[key]} times");
            tooHigh += estimate > Math.Min(15, exact[key]) + 1 ? 1 : 0;
        }

        Assert.InRange(tooHigh, 0, exact.Length / 10);
    }

    [Fact]
    public void Hashes_that_share_their_high_bits_are_told_apart()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        for (int i = 0; i < 15; i++)
        {
            sketch.Record(0xABCD_0000);
        }

        int confused = Enumerable.Range(1, 1000).Count(low => sketch.Estimate(0xABCD_0000 + (uint)low) > 0);

        Assert.InRange(confused, 0, 5);
    }

    [Fact]
    public void Estimates_are_halved_after_twenty_recordings_an_entry()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        var trace = new SketchTrace(Period - 1);
        trace.Play(ref sketch);
        int[] before = SketchTrace.Estimates(ref sketch);

        trace.RecordApart(ref sketch, StepsOf(sketch));

        Assert.Equal(before.Select(estimate => estimate / 2), SketchTrace.Estimates(ref sketch));
    }

    [Fact]
    public void Ageing_goes_on_in_steps_from_recording_to_recording()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        var trace = new SketchTrace(Period - 1);
        trace.Play(ref sketch);
        int[] before = SketchTrace.Estimates(ref sketch);
        int steps = StepsOf(sketch);
        Assert.True(steps > 1);

        var changedAfter = new List<int>();
        for (int step = 0; step < steps; step++)
        {
            trace.RecordApart(ref sketch, 1);
            changedAfter.Add(SketchTrace.Estimates(ref sketch).Zip(before).Count(pair => pair.First != pair.Second));
        }

        // Some with the first step, all with the last.
        Assert.InRange(changedAfter[0], 1, changedAfter[^1] - 1);
        Assert.Equal(changedAfter.Order(), changedAfter);
        Assert.Equal(before.Count(estimate => estimate > 0), changedAfter[^1]);
    }

    [Fact]
    public void Ageing_does_not_begin_again_before_half_a_period_of_recordings()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        var trace = new SketchTrace(Period - 1);
        trace.Play(ref sketch);
        trace.RecordApart(ref sketch, StepsOf(sketch));
        int[] aged = SketchTrace.Estimates(ref sketch);

        trace.RecordApart(ref sketch, (Period / 2) - 100);
        Assert.Equal(aged, SketchTrace.Estimates(ref sketch));

        trace.RecordApart(ref sketch, 200);
        Assert.Equal(aged.Select(estimate => estimate / 2), SketchTrace.Estimates(ref sketch));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public void An_exact_doubling_keeps_every_estimate(int expected)
    {
        var sketch = new FrequencySketch(capacity: 1 << 20, expected);
        int size = sketch.SizeInBytes;
        for (uint i = 0; i < 5000; i++)
        {
            for (uint times = 0; times <= i % 5; times++)
            {
                sketch.Record(Hash(i));
            }
        }

        int[] before = Estimates(ref sketch, 5000);
        for (int doublings = 1; doublings <= 3; doublings++)
        {
            sketch.EnsureRoomFor(expected << doublings);

            Assert.Equal(size << doublings, sketch.SizeInBytes);
            Assert.Equal(before, Estimates(ref sketch, 5000));
        }
    }

    [Fact]
    public void It_never_shrinks_and_never_outgrows_its_capacity()
    {
        var sketch = new FrequencySketch(capacity: 10_000, expected: 2000);
        int full = new FrequencySketch(capacity: 10_000, expected: 10_000).SizeInBytes;
        int before = sketch.SizeInBytes;

        sketch.EnsureRoomFor(1);
        Assert.Equal(before, sketch.SizeInBytes);
        sketch.EnsureRoomFor(int.MaxValue);
        Assert.Equal(full, sketch.SizeInBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    public void The_smallest_sketches_count_and_age_too(int capacity)
    {
        var sketch = new FrequencySketch(capacity, capacity);
        for (uint i = 0; i < 4000 * capacity; i++)
        {
            sketch.Record(i % 4 == 0 ? 77 : Hash(i));
        }

        Assert.InRange(sketch.Estimate(77), 1, 15);
        Assert.InRange(Estimates(ref sketch, 4000 * capacity).Average(), 0, 2);
    }

    [Fact]
    public void Room_that_is_there_already_does_not_end_ageing()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        var trace = new SketchTrace(Period - 1);
        trace.Play(ref sketch);
        int[] before = SketchTrace.Estimates(ref sketch);
        trace.RecordApart(ref sketch, 1);

        sketch.EnsureRoomFor(Capacity);

        trace.RecordApart(ref sketch, StepsOf(sketch) - 1);
        Assert.Equal(before.Select(estimate => estimate / 2), SketchTrace.Estimates(ref sketch));
    }

    private static int StepsOf(FrequencySketch sketch) => (sketch.SizeInBytes + 4095) / 4096;

    private static int[] Estimates(ref FrequencySketch sketch, int count)
    {
        int[] estimates = new int[count];
        for (int i = 0; i < count; i++)
        {
            estimates[i] = sketch.Estimate(Hash((uint)i));
        }

        return estimates;
    }

    private static uint Hash(uint key) => key * 0x9E37_79B1;
}
