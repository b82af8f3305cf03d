using System.Globalization;
using FastCache.Eviction;
using FastCache.Sharding;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What was put back is brought in order while others write: nothing breaks, and what is newer stands before it.</summary>
/// <remarks><c>FASTCACHE_STRESS_HITS</c> says how many writes; each test prints the seed of its choices.</remarks>
public sealed class RearrangeStressTests(ITestOutputHelper output)
{
    private const string Variable = "FASTCACHE_STRESS_HITS";
    private const long DefaultWrites = 60_000;
    private const int Writers = 2;
    private const int Restored = 3000;
    private const int WritesPerRound = 2000;

    // Keys of writers begin here: even ones are written before and left alone, odd ones change meanwhile.
    private const int FirstNew = 10_000;

    public static TheoryData<JournalShape, EvictionPolicy> Kinds
        => [.. from shape in (JournalShape[])[JournalShape.Plain, JournalShape.Weighed, JournalShape.Listened, JournalShape.Expiring]
            from policy in Enum.GetValues<EvictionPolicy>()
            select (shape, policy)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_newer_stands_before_what_was_put_back(JournalShape shape, EvictionPolicy policy)
    {
        long wanted = (long.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out long asked) ? asked : DefaultWrites) / Kinds.Count;
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        using JournaledCache old = Create(shape, policy);
        old.Cache.SetMany(Enumerable.Range(0, Restored).Select(static key => KeyValuePair.Create(key, "old")));
        var image = new PolicyImage(old);
        for (int round = 0; (long)round * Writers * WritesPerRound < wanted; round++)
        {
            using JournaledCache run = Create(shape, policy);
            image.PutBack(run);
            run.Cache.SetMany(Enumerable.Range(0, 500).Select(static number => KeyValuePair.Create(FirstNew + (2 * number), "new")));

            Crew.Run(Writers + 1, number =>
            {
                if (number < Writers)
                {
                    Write(run.Cache, new Random(HashCode.Combine(seed, round, number)));
                    return;
                }

                run.Cache.Rearrange(image);
                run.Cache.Rearrange(image);
            });

            run.AssertSound();
            if (policy == EvictionPolicy.Frecency)
            {
                // Each entry that comes pushes another one from the window to the head of probation, whichever is its turn.
                run.Cache.Rearrange(image);
            }

            AssertNewerFirst(run);
        }
    }

    private static JournaledCache Create(JournalShape shape, EvictionPolicy policy)
        => new(shape, options => options.Eviction = policy, capacity: 20_000);

    /// <summary>Changes keys that nobody else leaves alone, restored ones too; the table grows meanwhile.</summary>
    private static void Write(Cache<int, string> cache, Random random)
    {
        for (int write = 0; write < WritesPerRound; write++)
        {
            int key = random.Next(4) == 0 ? random.Next(Restored / 2) : FirstNew + 1 + (2 * random.Next(3000));
            switch (random.Next(6))
            {
                case 0:
                    cache.TryRemove(key);
                    break;
                case 1:
                    cache.GetOrAdd(key, static _ => "l");
                    break;
                case 2:
                    cache.TryGet(key, out _);
                    break;
                default:
                    cache.Set(key, "w");
                    break;
            }
        }
    }

    private static void AssertNewerFirst(JournaledCache run)
    {
        foreach (IGrouping<SlotQueue, RankedKey<int>> queue in run.Cache.CollectStandings().GroupBy(static ranked => ranked.Standing.Queue))
        {
            double[] newer = [.. queue.Where(static ranked => ranked.Key >= FirstNew && ranked.Key % 2 == 0).Select(Place)];
            double[] restored = [.. queue.Where(static ranked => ranked.Key is >= Restored / 2 and < Restored).Select(Place)];
            Assert.True(newer.Length == 0 || restored.Length == 0 || newer.Min() > restored.Max(), "an older one stands before a newer one");
        }

        static double Place(RankedKey<int> ranked) => ranked.Place;
    }
}
