using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>
/// A thread that replaces a value in place may be suspended half way. Readers do not notice; writers of other keys do not
/// wait; who must wait does so until the update ends, and no longer.
/// </summary>
public sealed class StuckUpdateTests
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Fact]
    public void Readers_get_the_old_value()
    {
        using Cache<long, string> cache = TestCache.Of<long, string>(capacity: 10);
        cache.Set(1, "old");
        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 1);

        Assert.True(cache.TryGet(1, out string? value));
        Assert.Equal("old", value);
        Assert.True(cache.TryPeek(1, out value));
        Assert.Equal("old", value);
        Assert.Equal("old", cache.GetOrAdd(1, _ => "made"));
        Assert.Equal("old", cache.GetMany([1])[1]);
        Assert.Equal(KeyValuePair.Create(1L, "old"), Assert.Single(cache));
        Assert.False(cache.TryAdd(1, "added"));
        update.End("new");

        Assert.True(cache.TryGet(1, out value));
        Assert.Equal("new", value);
        cache.AssertConsistent();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public async Task Additions_at_the_limit_evict_another_entry(EvictionPolicy policy)
    {
        // One entry after the other is the stuck one, so every queue of the policy has it somewhere.
        for (long stuck = 0; stuck < 50; stuck += 7)
        {
            using Cache<long, string> cache = TestCache.Of<long, string>(capacity: 50, policy, initialCapacity: 50);
            for (long key = 0; key < 50; key++)
            {
                cache.Set(key, $"{key}");
            }

            UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, stuck);
            await Task.Run(
                () =>
                {
                    for (long key = 100; key < 1000; key++)
                    {
                        Assert.True(cache.Set(key, "added"));
                        Assert.Equal(50, cache.Count);
                    }
                },
                TestContext.Current.CancellationToken);

            Assert.True(cache.TryPeek(stuck, out string? value));
            Assert.Equal($"{stuck}", value);
            update.End("new");
            cache.AssertConsistent();
        }
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public async Task An_addition_evicts_another_entry_than_the_newest_one(EvictionPolicy policy)
    {
        using Cache<long, string> cache = TestCache.Of<long, string>(capacity: 50, policy, initialCapacity: 50);
        for (long key = 0; key < 50; key++)
        {
            cache.Set(key, $"{key}");
        }

        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 49);
        bool kept = await Task.Run(() => cache.Set(100, "added"), TestContext.Current.CancellationToken);

        Assert.True(kept);
        Assert.Equal(50, cache.Count);
        update.End("new");
        cache.AssertConsistent();
    }

    public static TheoryData<string> Waiters => ["TryRemove", "TryRemove pair", "Clear", "Set", "TryUpdate", "TryUpdate if", "AddOrUpdate"];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Waiters))]
    public async Task Other_writers_of_the_entry_wait_until_the_update_ends(string operation)
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Cache<long, string> cache = TestCache.Of<long, string>(capacity: 10);
        using var started = new ManualResetEventSlim();
        cache.Set(1, "old");
        cache.Set(2, "two");
        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 1);
        Task<string?> waiter = Task.Run(
            () =>
            {
                started.Set();
                return Write(cache, operation);
            },
            cancellation);
        started.Wait(cancellation);

        // It waits outside the turn: additions and removals of other keys go on, however long it takes.
        for (int i = 0; i < 20_000; i++)
        {
            Assert.True(cache.Set(3, "three"));
            Assert.True(cache.TryRemove(3) || operation == "Clear");
            Assert.False(waiter.IsCompleted, "it waits");
        }

        update.End("new");
        string? outcome = await waiter;

        Assert.Equal(operation switch { "TryRemove" => "new", "AddOrUpdate" => "new!", _ => "done" }, outcome);
        Assert.Equal(operation is "TryRemove" or "TryRemove pair" or "Clear" ? null : outcome, cache.GetMany([1]).GetValueOrDefault(1));
        Assert.Equal(operation != "Clear", cache.ContainsKey(2));
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_table_that_must_grow_does_so_when_the_update_ends_and_loses_nothing()
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Cache<long, string> cache = TestCache.Of<long, string>(capacity: 1000);
        cache.Set(0, "old");
        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 0);
        Task filling = Task.Run(
            () =>
            {
                for (long key = 1; key < 1000; key++)
                {
                    cache.Set(key, $"{key}");
                }
            },
            cancellation);
        Wait.Until(() => cache.Count == TableAccess.TableOf(cache).Size.FullAt);

        // The growth that is tried again and again stops neither readers nor updates of other entries.
        for (int i = 0; i < 2000; i++)
        {
            Assert.True(cache.TryGet(0, out string? value));
            Assert.Equal("old", value);
            foreach ((long key, _) in cache)
            {
                Assert.True(key == 0 || cache.TryUpdate(key, $"{key}"));
            }
        }

        update.End("new");
        await filling;

        Assert.Equal(1000, cache.Count);
        Assert.Equal("new", cache.GetMany([0])[0]);
        Assert.All(cache, entry => Assert.Equal(entry.Key == 0 ? "new" : $"{entry.Key}", entry.Value));
        cache.AssertConsistent();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public Task A_cache_can_be_disposed_meanwhile()
        => Task.Run(
            () =>
            {
                Cache<long, string> cache = TestCache.Of<long, string>(capacity: 10);
                cache.Set(1, "old");
                UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 1);

                cache.Dispose();
                update.End("new");

                Assert.False(cache.ContainsKey(1));
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    private static string? Write(Cache<long, string> cache, string operation)
    {
        switch (operation)
        {
            case "TryRemove":
                return cache.TryRemove(1, out string? removed) ? removed : "absent";
            case "TryRemove pair":
                return cache.TryRemove(KeyValuePair.Create(1L, "new")) ? "done" : "refused";
            case "Clear":
                cache.Clear();
                return "done";
            case "Set":
                return cache.Set(1, "done") ? "done" : "refused";
            case "TryUpdate":
                return cache.TryUpdate(1, "done") ? "done" : "refused";
            case "TryUpdate if":
                return cache.TryUpdate(1, "done", "new") ? "done" : "refused";
            default:
                return cache.AddOrUpdate(1, "absent", (_, old) => old + "!");
        }
    }
}
