using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Notifications;

/// <summary>Each value that was in the cache leaves it once, whatever happens at the same time.</summary>
public sealed class RemovalAccountingTests
{
    private const int Threads = 4;
    private const int Steps = 30_000;
    private const int Seed = 20_260_101;

    private readonly ManualTimeProvider _time = new();
    private readonly RemovalRecord<int, long> _record = new();

    public static TheoryData<EvictionPolicy, int> Shapes
        => new MatrixTheoryData<EvictionPolicy, int>(Enum.GetValues<EvictionPolicy>(), [1, 4]);

    [Theory(Timeout = 2 * Wait.Watchdog)]
    [MemberData(nameof(Shapes))]
    public async Task Every_value_that_was_added_is_told_once(EvictionPolicy policy, int shards)
    {
        await Wait.LeaveRunner();
        Cache<int, long> cache = _record.Watch(
            100, options => (options.Eviction, options.ShardCount, options.TimeProvider) = (policy, shards, _time));

        await AssertAccountedAsync(cache);
    }

    [Fact(Timeout = 2 * Wait.Watchdog)]
    public async Task Every_weighed_value_that_was_kept_is_told_once()
    {
        await Wait.LeaveRunner();
        Cache<int, long> cache = _record.WatchWeighed(
            limit: 200,
            (_, value) => (int)(value % 7),
            options => (options.MaxEntryWeight, options.Eviction, options.TimeProvider) = (5, EvictionPolicy.Frecency, _time));

        await AssertAccountedAsync(cache);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_events_of_a_key_are_in_the_order_of_what_happened_to_it()
    {
        await Wait.LeaveRunner();
        Cache<int, long> cache = _record.Watch(100, options => options.ShardCount = 4);
        Crew.Run(Threads, thread =>
        {
            for (int step = 0; step < Steps; step++)
            {
                int key = step % 3;
                cache.AddOrUpdate(key, 1, (_, value) => value + 1);
                if (step % 100 == thread)
                {
                    cache.TryRemove(key);
                }
            }
        });
        await cache.DisposeAsync();

        foreach (var events in _record.Removals.GroupBy(removal => removal.Key))
        {
            long expected = 1;
            foreach ((_, long value, RemovalCause cause) in events)
            {
                Assert.Equal(expected, value);
                expected = cause == RemovalCause.Replaced ? value + 1 : 1;
            }
        }
    }

    private async Task AssertAccountedAsync(Cache<int, long> cache)
    {
        var added = new List<long>[Threads];
        Crew.Run(Threads, thread => added[thread] = Work(cache, thread));

        cache.AssertConsistent();
        long[] left = [.. cache.Select(entry => entry.Value)];
        await cache.DisposeAsync();

        Assert.Equal(added.SelectMany(values => values).Order(), _record.Removals.Select(removal => removal.Value).Order());
        Assert.All(_record.Removals, removal => Assert.Equal(removal.Key, removal.Value >> 32));
        Assert.Subset(_record.Removals.Where(removal => removal.Cause == RemovalCause.Cleared).Select(removal => removal.Value).ToHashSet(), left.ToHashSet());
        Assert.Equal(Enum.GetValues<RemovalCause>(), _record.Removals.Select(removal => removal.Cause).Distinct().Order());
    }

    private List<long> Work(Cache<int, long> cache, int thread)
    {
        var random = new Random(Seed + thread);
        var added = new List<long>();
        for (int step = 0; step < Steps; step++)
        {
            int key = random.Next(200);
            long value = ((long)key << 32) | ((uint)step * Threads) | (uint)thread;
            if (Step(cache, random, key, value))
            {
                added.Add(value);
            }
        }

        return added;
    }

    /// <summary>Whether the value was in the cache.</summary>
    private bool Step(Cache<int, long> cache, Random random, int key, long value)
    {
        switch (random.Next(1000))
        {
            case < 300:
                return cache.Set(key, value);
            case < 450:
                return cache.Set(key, value, ExpiringCache.For(random.Next(1, 5) * ExpiringCache.Tick));
            case < 600:
                return cache.TryAdd(key, value);
            case < 700:
                return cache.TryUpdate(key, value);
            case < 780:
                return cache.TryGet(key, out long present) && cache.TryUpdate(key, value, present);
            case < 960:
                cache.TryRemove(key);
                return false;
            case < 980:
                cache.TrySetExpiry(key, ExpiringCache.For(ExpiringCache.Tick));
                return false;
            case < 995:
                _time.Advance(ExpiringCache.Tick / 2);
                return false;
            case < 998:
                cache.Trim(3);
                return false;
            default:
                cache.Clear();
                return false;
        }
    }
}
