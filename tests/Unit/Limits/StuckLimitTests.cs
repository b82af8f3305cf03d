using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Limits;

/// <summary>Limits change while a thread is suspended half way through an update in place.</summary>
public sealed class StuckLimitTests
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task An_entry_that_is_being_updated_is_passed_over_and_the_rest_goes(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                for (long stuck = 0; stuck < 300; stuck += 43)
                {
                    using Cache<long, string> cache = Full(policy, capacity: 300);
                    UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, stuck);

                    cache.Capacity = 1;
                    Wait.Until(() => cache.Count == 1);

                    Assert.True(cache.TryPeek(stuck, out string? value));
                    Assert.Equal($"{stuck}", value);
                    update.End("new");
                    Assert.True(cache.Set(1000, "added"));
                    Assert.Equal(KeyValuePair.Create(1000L, "added"), Assert.Single(cache));
                    cache.AssertConsistent();
                }
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task What_was_being_updated_goes_with_the_next_write_or_trim(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<long, string> cache = Full(policy, capacity: 5);
                UpdateInProgress<long, string>[] updates
                    = [.. Enumerable.Range(0, 5).Select(key => UpdateInProgress<long, string>.Begin(cache, key))];

                cache.Capacity = 2;
                ShardAccess.Maintain(cache);
                Assert.Equal(5, cache.Count);
                Assert.Equal(0, cache.Trim(5));
                Assert.Equal(5, cache.Count);
                foreach (UpdateInProgress<long, string> update in updates)
                {
                    update.End("new");
                }

                Assert.True(cache.Set(10, "added"));
                Assert.InRange(cache.Count, 2, 4);
                Assert.True(cache.Set(11, "added"));
                Wait.Until(() => cache.Count == 2);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task Another_entry_that_becomes_heavier_does_not_push_out_what_is_being_updated(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = WeightedCache.OfWeights(limit: 100, policy);
                cache.SetMany(Enumerable.Range(0, 20).Select(key => KeyValuePair.Create(key, 5)));
                UpdateInProgress<int, int> update = UpdateInProgress<int, int>.Begin(cache, 7);

                Assert.True(cache.Set(3, 95));

                Assert.Equal([3, 7], cache.Select(entry => entry.Key).Order());
                Assert.Equal(100, cache.Weight);
                update.End(5);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public async Task A_raised_limit_lets_a_writer_go_on_that_waits_for_an_update_to_end(EvictionPolicy policy)
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Cache<long, string> cache = Full(policy, capacity: 1);
        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 0);

        Task<bool> waiter = Task.Run(() => cache.Set(1, "one"), cancellation);
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(cache.ContainsKey(0));
            Assert.False(waiter.IsCompleted, "it waits");
        }

        cache.Capacity = 2;

        Assert.True(await waiter);
        Assert.Equal(2, cache.Count);
        update.End("new");
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public Task A_table_grows_to_a_raised_capacity_when_the_update_ends()
        => Task.Run(
            () =>
            {
                using Cache<long, string> cache = Full(EvictionPolicy.Lru, capacity: 10);
                UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 3);
                cache.Capacity = 1000;
                Task filling = Task.Run(
                    () =>
                    {
                        for (long key = 100; key < 1090; key++)
                        {
                            cache.Set(key, $"{key}");
                        }
                    },
                    TestContext.Current.CancellationToken);

                Wait.Until(() => cache.Count == TableAccess.TableOf(cache).Size.FullAt);
                Assert.False(filling.IsCompleted, "it waits");
                update.End("new");
                filling.GetAwaiter().GetResult();

                Assert.Equal(1000, cache.Count);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    private static Cache<long, string> Full(EvictionPolicy policy, int capacity)
    {
        Cache<long, string> cache = TestCache.Of<long, string>(capacity, policy, initialCapacity: capacity);
        cache.SetMany(Enumerable.Range(0, capacity).Select(key => KeyValuePair.Create((long)key, $"{key}")));
        return cache;
    }
}
