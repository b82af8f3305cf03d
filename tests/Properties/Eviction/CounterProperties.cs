using FastCache.Eviction;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Eviction;

/// <summary>The parts of the frecency policy that count: sketch, ghosts, window.</summary>
public class CounterProperties
{
    [Fact]
    public void A_sketch_never_estimates_too_low_before_it_ages()
        => Steps.Check(sequences: 100, longest: 2000, steps =>
        {
            var sketch = new FrequencySketch(capacity: 150, expected: 150);
            var exact = new Dictionary<uint, int>();
            foreach (Step step in steps)
            {
                // Few hashes, and many that differ in few bits.
                uint hash = (uint)(step.Argument % 300) << (step.Kind % 3 * 8);
                sketch.Record(hash);
                exact[hash] = exact.GetValueOrDefault(hash) + 1;
            }

            Assert.All(exact, count => Assert.InRange(sketch.Estimate(count.Key), Math.Min(15, count.Value), 15));
        });

    [Fact]
    public void A_ghost_is_found_if_it_is_recent_and_only_once()
        => Steps.Check(sequences: 100, longest: 500, steps =>
        {
            const int Horizon = 64;
            var ghosts = new GhostTable(capacity: 100_000, Horizon);
            var evictedAt = new Dictionary<uint, int>();
            int evictions = 0;
            foreach (Step step in steps)
            {
                uint hash = (uint)(step.Argument % 40) * 0x0765_4321;
                if (step.Kind < 70)
                {
                    ghosts.Add(hash);
                    evictedAt[hash] = ++evictions;
                }
                else if (evictedAt.Remove(hash, out int at))
                {
                    int age = evictions - at;
                    bool found = ghosts.TryTake(hash);
                    Assert.True(age > Horizon || found, $"age {age}");
                    Assert.False(age > Horizon + (Horizon / 16) && found, $"age {age}");
                }
                else
                {
                    Assert.False(ghosts.TryTake(hash));
                }
            }
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(1000)]
    public void A_window_and_the_rest_are_the_capacity_whatever_happens(int capacity)
        => Steps.Check(sequences: 100, longest: 2000, steps =>
        {
            var sizes = new AdaptiveWindow(capacity);
            foreach (Step step in steps)
            {
                for (int times = step.Argument % 20; times >= 0; times--)
                {
                    switch (step.Kind)
                    {
                        case < 40:
                            sizes.Grow(entryWeight: 1);
                            break;
                        case < 60:
                            sizes.Shrink(entryWeight: 1);
                            break;
                        default:
                            sizes.ObserveMain(wasUsed: step.Kind < 80);
                            break;
                    }
                }

                Assert.Equal(capacity, sizes.Window + sizes.Main);
                Assert.InRange(sizes.Window, Math.Max(1, capacity / 100), Math.Max(1, (int)(0.95 * capacity)));
                Assert.InRange(sizes.Protected, 0, sizes.Main);
                Assert.InRange(sizes.WithAllowance(7), 7, 8);
            }
        });
}
