using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>Four threads write, remove and read while a fifth lowers and raises the limit and looks whether it holds.</summary>
public sealed class LimitStressTests(ITestOutputHelper output)
{
    private const int Writers = 4;
    private const int StepsPerWriter = 40_000;
    private const int Largest = 4000;
    private const int Last = 500;
    private static readonly int[] Limits = [Largest, 40, 1500, 8, 3000, 300];

    public static TheoryData<EvictionPolicy, int> Shapes
        => new MatrixTheoryData<EvictionPolicy, int>(Enum.GetValues<EvictionPolicy>(), [1, 4]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task Weights_add_up_while_the_limit_changes(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = WeightedCache.OfWeights(Largest, policy, shards);

                Storm(
                    cache,
                    limit => cache.WeightLimit = limit,
                    () => Assert.InRange(cache.Weight, 0, Largest),
                    random => random.Next(8) == 0 ? 0 : random.Next(1, 30));

                Wait.Until(() => cache.Weight <= Last);
                Assert.Equal(cache.Sum(entry => entry.Value), cache.Weight);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task Counts_add_up_while_the_capacity_changes(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = TestCache.Of<int, int>(Largest, policy, shards);

                Storm(cache, limit => cache.Capacity = limit, () => Assert.InRange(cache.Count, 0, Largest), random => random.Next());

                Wait.Until(() => cache.Count <= Last);
                Assert.Equal(cache.Select(entry => entry.Key).Distinct().Count(), cache.Count);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public Task Entries_are_pinned_and_let_go_while_others_push(EvictionPolicy policy, int shards)
        => Task.Run(
            () =>
            {
                const int Keys = 100;
                long seed = Seed();
                using Cache<int, int> cache = WeightedCache.OfWeights(Last, policy, shards);
                Crew.Run(Writers, thread =>
                {
                    var random = new Random((int)seed + thread);
                    for (int step = 0; step < StepsPerWriter; step++)
                    {
                        // Keys that all threads share, which switch between zero and something.
                        int key = random.Next(Keys);
                        int weight = random.Next(3) * random.Next(10);
                        _ = step % 2 == 0 ? cache.Set(key, weight) : cache.TryUpdate(key, weight);
                        if (step % 64 == 0)
                        {
                            cache.TryRemove(random.Next(Keys));
                            Assert.InRange(cache.Weight, 0, Last);
                        }
                    }
                });

                Assert.Equal(cache.Sum(entry => entry.Value), cache.Weight);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    /// <summary>Each writer owns keys of which it knows the value: what it finds is that, or nothing.</summary>
    private void Storm(Cache<int, int> cache, Action<int> limit, Action look, Func<Random, int> draw)
    {
        long seed = Seed();
        int writing = Writers;
        Crew.Run(Writers + 1, thread =>
        {
            if (thread == Writers)
            {
                for (int turn = 0; Volatile.Read(ref writing) > 0; turn++)
                {
                    limit(Limits[turn % Limits.Length]);
                    for (int i = 0; i < 200; i++)
                    {
                        look();
                    }
                }

                limit(Last);
                return;
            }

            try
            {
                Write(cache, thread, new Random((int)seed + thread), draw);
            }
            finally
            {
                Interlocked.Decrement(ref writing);
            }
        });
    }

    private static void Write(Cache<int, int> cache, int thread, Random random, Func<Random, int> draw)
    {
        var last = new Dictionary<int, int>();
        for (int step = 0; step < StepsPerWriter; step++)
        {
            int key = (random.Next(1500) * Writers) + thread;
            if (cache.TryGet(key, out int found))
            {
                Assert.True(last.TryGetValue(key, out int expected) && expected == found, $"{key} is {found}");
            }

            switch (random.Next(10))
            {
                case 0:
                    cache.TryRemove(key);
                    last.Remove(key);
                    break;
                case 1 when last.ContainsKey(key):
                    int updated = draw(random);
                    if (cache.TryUpdate(key, updated))
                    {
                        last[key] = updated;
                    }
                    else
                    {
                        // Evicted before, or too heavy: either way it is gone.
                        last.Remove(key);
                    }

                    break;
                default:
                    int value = draw(random);
                    if (cache.Set(key, value))
                    {
                        last[key] = value;
                    }
                    else
                    {
                        last.Remove(key);
                    }

                    break;
            }
        }
    }

    private long Seed()
    {
        int seed = Random.Shared.Next(1 << 30);
        output.WriteLine($"seed {seed}");
        return seed;
    }
}
