using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>What was known of a hash before the sketch began counts, and is no recording.</summary>
public sealed class FrequencySketchRaiseTests
{
    private const int Capacity = 1000;
    private const int Period = 20 * Capacity;
    private const int Steps = 3;
    private const uint Apart = 0xC800_0001;

    [Fact]
    public void The_estimate_is_what_it_was_raised_to_and_fifteen_at_most()
    {
        foreach (int frequency in (int[])[0, 1, 2, 7, 14, 15, 16, 100, int.MaxValue])
        {
            var sketch = new FrequencySketch(Capacity, Capacity);

            sketch.RaiseTo(12345, frequency);

            Assert.Equal(Math.Min(frequency, 15), sketch.Estimate(12345));
        }
    }

    [Fact]
    public void It_is_never_lowered_and_never_below_what_it_was_raised_to()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        var random = new Random(20260101);
        int[] least = new int[2 * Capacity];
        for (int i = 0; i < 10 * Capacity; i++)
        {
            int key = random.Next(least.Length);
            if (random.Next(2) == 0)
            {
                int frequency = random.Next(20);
                sketch.RaiseTo(Hash(key), frequency);
                least[key] = Math.Max(least[key], Math.Min(15, frequency));
            }
            else
            {
                sketch.Record(Hash(key));
                least[key] = Math.Min(15, least[key] + 1);
            }

            Assert.True(sketch.Estimate(Hash(key)) >= least[key]);
        }

        Assert.All(least.Index(), entry => Assert.InRange(sketch.Estimate(Hash(entry.Index)), entry.Item, 15));
    }

    [Fact]
    public void Other_hashes_hardly_notice()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        for (int key = 0; key < Capacity; key++)
        {
            sketch.RaiseTo(Hash(key), 3);
        }

        int[] before = [.. Enumerable.Range(0, Capacity).Select(key => sketch.Estimate(Hash(key)))];
        for (int key = 0; key < Capacity; key += 10)
        {
            sketch.RaiseTo(Hash(key), int.MaxValue);
        }

        Assert.InRange(Enumerable.Range(0, Capacity).Count(key => key % 10 != 0 && sketch.Estimate(Hash(key)) != before[key]), 0, 20);
    }

    [Fact]
    public void No_ageing_comes_of_it()
    {
        var sketch = new FrequencySketch(Capacity, Capacity);
        var trace = new SketchTrace(Period - 1);
        trace.Play(ref sketch);
        int[] before = SketchTrace.Estimates(ref sketch);

        for (uint i = 0; i < Period; i++)
        {
            sketch.RaiseTo(Apart, (int)(i % 16));
        }

        Assert.Equal(before, SketchTrace.Estimates(ref sketch));
        Assert.Equal(15, sketch.Estimate(Apart));
        trace.RecordApart(ref sketch, Steps);
        Assert.Equal(before.Select(estimate => estimate / 2), SketchTrace.Estimates(ref sketch));
        Assert.Equal(7, sketch.Estimate(Apart));
    }

    private static uint Hash(int key) => (uint)(key + 1) * 0x9E37_79B1;
}
