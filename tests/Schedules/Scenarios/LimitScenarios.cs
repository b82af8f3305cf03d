using FastCache.Tests.Schedules.Search;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>Inserts at the limit against each other, against maintenance and against a limit that moves.</summary>
public sealed class LimitScenarios(ITestOutputHelper output)
{
    [Fact]
    public void The_count_is_never_above_the_capacity()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(2);
            cache.Set(1, "one");
            return new Plan<int, string>(cache)
                .Always(() => Assert.InRange(cache.Count, 0, 2))
                .Thread(() => cache.Set(2, "two"))
                .Thread(() => cache.Set(3, "three"))
                .Thread(() =>
                {
                    cache.TryRemove(1);
                    Caches.Maintain(cache);
                });
        });

    [Fact]
    public void The_weight_is_never_above_the_limit()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(capacity: 0, static options =>
            {
                options.Weigher = static (_, value) => value.Length;
                options.WeightLimit = 6;
                options.MaxEntryWeight = 6;
            });
            cache.Set(1, "1");
            return new Plan<int, string>(cache)
                .Always(() => Assert.InRange(cache.Weight, 0, 6))
                .Thread(() => cache.Set(1, "11111"))
                .Thread(() => cache.Set(2, "222"))
                .Thread(() => cache.TryRemove(1))
                .AtEnd(() => Assert.Equal(cache.Sum(static entry => entry.Value.Length), cache.Weight));
        });

    [Fact]
    public void After_maintenance_the_count_is_within_a_limit_that_was_lowered()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(6);
            for (int key = 1; key <= 6; key++)
            {
                cache.Set(key, Caches.Value(key));
            }

            return new Plan<int, string>(cache)
                .Thread(() => cache.Capacity = 2)
                .Thread(() => Caches.Maintain(cache))
                .Thread(() => cache.Set(7, Caches.Value(7)))
                .AtEnd(() =>
                {
                    Caches.Maintain(cache);
                    Assert.InRange(cache.Count, 1, 2);
                });
        });

    [Fact]
    public void No_request_for_maintenance_is_lost()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(6);
            for (int key = 1; key <= 6; key++)
            {
                cache.Set(key, Caches.Value(key));
            }

            return new Plan<int, string>(cache)
                .Thread(() => cache.Capacity = 4)
                .Thread(() => cache.Capacity = 2)
                .Thread(() => Caches.Maintain(cache))
                .AtEnd(() =>
                {
                    Caches.Maintain(cache);
                    Assert.InRange(cache.Count, 2, cache.Capacity);
                });
        });

    [Fact]
    public void A_table_that_shrinks_loses_nothing()
        => Explore(static () =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(120, static options => options.InitialCapacity = 1);
            for (int key = 1; key <= 60; key++)
            {
                cache.Set(key, Caches.Value(key));
            }

            for (int key = 3; key <= 60; key++)
            {
                cache.TryRemove(key);
            }

            return new Plan<int, string>(cache)
                .Thread(() => cache.TryRemove(2))
                .Thread(() => Caches.Maintain(cache))
                .Thread(() => cache.Set(1, "new"))
                .AtEnd(() =>
                {
                    Assert.True(cache.TryGet(1, out string? value) && value == "new");
                    Assert.Single(cache);
                });
        });

    private void Explore(Func<Scenario> create) => output.WriteLine(ScheduleSearch.Explore(create));
}
