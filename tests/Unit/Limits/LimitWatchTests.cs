using FastCache.Sharding;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Limits;

/// <summary>
/// Gate: at no moment is there more than the limit allows, also while it is changed. What is too much after it was lowered only becomes
/// less.
/// </summary>
/// <remarks>
/// A write of what is above the limit first makes room for twice what it adds. Whoever looks in between sees less than there is
/// before and after it, by what one entry weighs.
/// </remarks>
public sealed class LimitWatchTests
{
    private const int Writers = 3;
    private const int StepsPerWriter = 25_000;
    private const int Keys = 4000;
    private const int HeaviestEntry = 8;
    private const int LooksALimit = 400;
    private const int Seed = 20_260_101;
    private static readonly int[] Limits = [1000, 30, 400, 8, 2000, 100];

    public static TheoryData<EvictionPolicy, int, bool> Shapes
        => new MatrixTheoryData<EvictionPolicy, int, bool>(Enum.GetValues<EvictionPolicy>(), [1, 4], [false, true]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public async Task No_shard_is_ever_seen_above_its_limit_and_rising(EvictionPolicy policy, int shards, bool isWeighed)
    {
        await Wait.LeaveRunner();
        using Cache<int, int> cache = isWeighed
            ? WeightedCache.OfWeights(Limits[0], policy, shards)
            : TestCache.Of<int, int>(Limits[0], policy, shards);
        Shard<int, int>[] watched = [.. Enumerable.Range(0, shards).Select(number => ShardAccess.ShardOf(cache, number))];
        long[] least = new long[shards];
        long[] limits = new long[shards];
        int looks = 0;
        int writing = Writers;
        Allow(Limits[0]);

        Crew.Run(Writers + 1, thread =>
        {
            if (thread < Writers)
            {
                try
                {
                    Write(cache, new Random(Seed + thread), isWeighed);
                }
                finally
                {
                    Interlocked.Decrement(ref writing);
                }

                return;
            }

            for (int turn = 1; Volatile.Read(ref writing) > 0; turn++)
            {
                // What there is once the limit is lowered is the most that there may be from then on.
                int limit = Limits[turn % Limits.Length];
                SetLimit(limit);
                Allow(limit);
                for (int i = 0; i < LooksALimit; i++)
                {
                    Look();
                }
            }
        });

        Assert.InRange(looks, 10 * LooksALimit, int.MaxValue);
        Assert.InRange(cache.Statistics.Evictions, StepsPerWriter / 10, long.MaxValue);
        Wait.Until(() => cache.Weight <= cache.WeightLimit);
        cache.AssertConsistent();

        void Allow(int limit)
        {
            for (int shard = 0; shard < shards; shard++)
            {
                (limits[shard], least[shard]) = (ShardLayout.PartOf(limit, shard, shards), watched[shard].Weight);
            }
        }

        void SetLimit(int limit)
        {
            if (isWeighed)
            {
                cache.WeightLimit = limit;
            }
            else
            {
                cache.Capacity = limit;
            }
        }

        void Look()
        {
            looks++;
            for (int shard = 0; shard < shards; shard++)
            {
                long load = watched[shard].Weight;
                Assert.True(
                    load <= Math.Max(limits[shard], least[shard] + (isWeighed ? HeaviestEntry : 1)),
                    $"{load} after {least[shard]}, where {limits[shard]} is the limit");
                least[shard] = Math.Min(least[shard], load);
            }
        }
    }

    private static void Write(Cache<int, int> cache, Random random, bool isWeighed)
    {
        for (int step = 0; step < StepsPerWriter; step++)
        {
            int key = random.Next(Keys);
            int value = isWeighed ? random.Next(0, HeaviestEntry + 1) : step;
            switch (random.Next(8))
            {
                case 0:
                    cache.TryRemove(key);
                    break;
                case 1:
                    cache.TryUpdate(key, value);
                    break;
                case 2:
                    cache.AddOrUpdate(key, value, (_, _) => value);
                    break;
                case 3:
                    cache.GetOrAdd(key, static (_, made) => made, value);
                    break;
                default:
                    cache.Set(key, value);
                    break;
            }
        }
    }
}
